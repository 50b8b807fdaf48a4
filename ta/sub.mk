# SPDX-License-Identifier: GPL-2.0-or-later
#
# Read by OP-TEE's TA dev kit, once for each TA. IMATEE_TA is keeper or
# verifier; KEYTAB_OUT the directory of the generated table of keys; CRYPTO_OUT
# that of the libraries that ../crypto builds.

global-incdirs-y += ../abi
global-incdirs-y += src
global-incdirs-y += optee
global-incdirs-y += optee/$(IMATEE_TA)

cflags-y += -std=gnu11 -Wextra -Wstrict-prototypes -Wmissing-prototypes
cppflags-$(IMATEE_TEST_IMAGE) += -DIMATEE_TEST_IMAGE

srcs-y += src/common.c
srcs-y += src/crypto.c
srcs-y += src/crypto_memory.c
srcs-y += src/der.c
srcs-y += src/dispatch.c
srcs-y += src/file_hash.c
srcs-y += src/hash_algo.c
srcs-y += src/keyring.c
srcs-y += src/message.c
srcs-y += src/pkcs7.c
srcs-y += src/pubkey.c
srcs-y += src/request.c
srcs-y += src/revoked.c
srcs-y += src/session.c
srcs-y += src/shared_hash.c
srcs-$(IMATEE_TEST_IMAGE) += src/test_commands.c
srcs-y += src/ticket.c
srcs-y += src/verify_key.c
srcs-y += optee/entry.c
srcs-y += optee/memory.c
cflags-optee/memory.c-y += -fno-tree-loop-distribute-patterns
srcs-y += optee/platform.c
srcs-y += optee/$(IMATEE_TA)/ta.c
srcs-y += $(KEYTAB_OUT)/keytab_digest.c

srcs-keeper := src/attest_key.c src/attest_request.c src/binding.c \
	       src/keeper.c src/keeper_add.c src/keeper_keys.c \
	       src/keeper_log.c src/keeper_measure.c src/keeper_quote.c \
	       src/keeper_revoke.c src/keeper_trim.c src/receipt.c src/tpm.c \
	       src/keeper_state.c src/state.c src/event.c src/log.c \
	       src/log_window.c src/pcr.c src/template.c \
	       src/certificate.c src/certificate_issuer.c src/pubkey_sound.c \
	       src/revocation.c src/revocation_list.c src/signature.c \
	       src/x509_extensions.c src/x509_library.c src/x509_name.c \
	       src/x509_time.c optee/device_key.c optee/version_check.c $(KEYTAB_OUT)/keytab.c
srcs-verifier := src/digsig.c src/hash_block.c src/hash_ring.c src/keystore.c src/modsig.c src/sync.c \
		 src/ticket_fetch.c src/verifier.c
srcs-y += $(srcs-$(IMATEE_TA))

# The verifiers are fast, the keeper is small.
crypto := $(CRYPTO_OUT)/$(if $(filter keeper,$(IMATEE_TA)),small,fast)
cppflags-y += $(shell cat $(crypto)/cflags) -isystem $(crypto)/include
libnames += wolfcrypt hashes
libdirs += $(crypto)
libdeps += $(crypto)/libwolfcrypt.a $(crypto)/libhashes.a
