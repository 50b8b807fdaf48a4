# SPDX-License-Identifier: GPL-2.0-or-later
#
# One TA, run in ta/ by optee/Makefile.

CFLAGS += -ffile-prefix-map=$(O)=. -ffile-prefix-map=$(abspath .)=ta
export CROSS_COMPILE
# Most of the crypto libraries is of no use here.
link-ldflagsta_arm64 += --gc-sections

include $(TA_DEV_KIT_DIR)/mk/ta_dev_kit.mk
