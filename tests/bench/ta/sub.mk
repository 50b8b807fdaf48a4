# SPDX-License-Identifier: GPL-2.0-or-later
#
# Read by OP-TEE's TA dev kit, once for each library. BENCH_ENGINE is its name,
# BENCH_NUMBER the last digit of the UUID.

ta := $(abspath ../../../ta)

global-incdirs-y += .
global-incdirs-y += ../../../abi
global-incdirs-y += ../../../ta/src

cflags-y += -std=gnu11 -Wextra -Wstrict-prototypes -Wmissing-prototypes
global-cppflags-y += -DBENCH_NUMBER=$(BENCH_NUMBER)

# By absolute names, for objects of one library to lie in one directory.
srcs-y += ta.c memory.c
srcs-y += $(ta)/src/der.c $(ta)/src/pubkey.c $(ta)/optee/platform.c

ifneq ($(filter wolfssl-%,$(BENCH_ENGINE)),)
srcs-y += engine_wolfssl.c
srcs-y += $(ta)/src/crypto.c $(ta)/src/crypto_memory.c $(ta)/src/hash_algo.c \
	  $(ta)/src/verify_key.c
crypto := $(CRYPTO_OUT)/$(BENCH_ENGINE:wolfssl-%=%)
cppflags-y += $(shell cat $(crypto)/cflags) -isystem $(crypto)/include
libnames += wolfcrypt
libdirs += $(crypto)
libdeps += $(crypto)/libwolfcrypt.a
else
srcs-y += engine_$(BENCH_ENGINE).c
endif
