# SPDX-License-Identifier: GPL-2.0-or-later
#
# Compiler flags of the library and the tool. The paths of the build stay out of
# the result, so that the same sources make the same files anywhere.

top := $(abspath $(dir $(lastword $(MAKEFILE_LIST)))..)
hardening := -fstack-protector-strong -D_FORTIFY_SOURCE=2 -fPIE
flags := -std=gnu11 -D_GNU_SOURCE -Wall -Wextra -Wstrict-prototypes \
	 -Wmissing-prototypes -Wshadow -Wno-missing-field-initializers \
	 -Werror $(hardening) -ffile-prefix-map=$(top)=. $(CFLAGS)
ldflags := -Wl,-z,relro,-z,now -Wl,--as-needed -Wl,--build-id=sha1

# Programs and libraries of the target may want a newer C library than the one
# that the cross compiler brings; that is for the target to have.
ifneq ($(SYSROOT),)
flags += -isystem $(SYSROOT)/usr/include \
	 -isystem $(SYSROOT)/usr/include/$(notdir $(LIBDIR)) \
	 -ffile-prefix-map=$(SYSROOT)=
ldflags += -L$(SYSROOT)$(LIBDIR) -Wl,-rpath-link,$(SYSROOT)$(LIBDIR) \
	   -Wl,--allow-shlib-undefined
endif
