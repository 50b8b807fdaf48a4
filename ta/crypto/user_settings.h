/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How wolfSSL is built for the trusted applications: X.509, the verification of RSA
 * and ECDSA signatures, and hashes; and for the keeper, which signs quotes, ECDSA on
 * P-256 without branches and look-ups by what is secret. Also read by the assembler.
 *
 * IMATEE_CRYPTO_ARM64: with wolfSSL's assembly for AArch64.
 * IMATEE_CRYPTO_CE: and its instructions for SHA-1 and SHA-256; the CPU must have them.
 * IMATEE_CRYPTO_CE82: and those for SHA-384 and SHA-512, of ARMv8.2. (To measure by
 * SHA-1, sha1_ce.h is used, and not wolfSSL.)
 * IMATEE_CRYPTO_FAST: for verifiers, which see public data only: with tables of
 * multiples of the curves' base points, 1.1 MiB, and of keys. They sign nothing.
 * IMATEE_CRYPTO_STACK: sources that have no large objects; see Makefile.
 */
#ifndef USER_SETTINGS_H
#define USER_SETTINGS_H

/* what is around it */
#define WOLFCRYPT_ONLY
#define SINGLE_THREADED
#define NO_FILESYSTEM
#define NO_WRITEV
#define NO_MAIN_DRIVER
#define NO_WOLFSSL_DIR
#define NO_ERROR_STRINGS
#define NO_SIG_WRAPPER
#define NO_CODING
#define WC_NO_DEFAULT_DEVID
#define USE_WOLF_STRCASECMP /* libutils has none */
#define NO_ASN_TIME	    /* nobody here knows what time it is */

/* The dev kit's compiler.h makes a macro of fallthrough. */
#define FALL_THROUGH __attribute__((__fallthrough__))
#define HAVE___UINT128_T
#define SIZEOF_LONG	 8
#define SIZEOF_LONG_LONG 8

/*
 * The keeper has a small stack; wolfSSL's large objects go to the heap. A verifier has
 * a large one, and spares itself to clear and to wipe what comes from the heap.
 */
#if !defined(IMATEE_CRYPTO_FAST) && !defined(IMATEE_CRYPTO_STACK)
#define WOLFSSL_SMALL_STACK
#define WOLFSSL_SP_SMALL_STACK
#endif
#define XMALLOC_OVERRIDE
#define XMALLOC(size, heap, type)	crypto_alloc(size)
#define XFREE(ptr, heap, type)		crypto_free(ptr)
#define XREALLOC(ptr, size, heap, type) crypto_realloc(ptr, size)

/* algorithms */
#define NO_AES
#define NO_AES_CBC
#define NO_DES3
#define NO_DH
#define NO_DSA
#define NO_MD4
#define NO_PKCS8
#define NO_PKCS12
#define NO_PWDBASED
#define NO_RC4
/*
 * MD5, SHA-1 and RIPEMD-160 are there to measure with, as Linux does. Collisions can
 * be made: no certificate or list is trusted by them (signature.c, revocation.c), and
 * hash_algo_compute() does not know them.
 */
#define WOLFSSL_RIPEMD
#define WOLFSSL_SHA3
/* wolfSSL's own numbers of names and keys stay what they are without SHA-1. */
#define WC_ASN_HASH_SHA256
/* Digests that others made are taken, as Linux takes them. */
#define WC_HASH_CUSTOM_MIN_DIGEST_SIZE 20
#define WC_HASH_CUSTOM_MAX_DIGEST_SIZE 64
#define WOLFSSL_SHA224
#define WOLFSSL_SHA384
#define WOLFSSL_SHA512
#define WOLFSSL_RSA_PUBLIC_ONLY
#define WOLFSSL_RSA_VERIFY_ONLY
#ifdef IMATEE_CRYPTO_FAST
/*
 * No secret passes through here: what is read where may be seen. (With FP_ECC wolfSSL
 * 5.7.2 does not link without its other variant, which is asked to do the same.)
 */
#define WC_NO_HARDEN
#define WC_NO_RNG
#define NO_ECC_SIGN
#else
/*
 * A signature's secret number is a hash of key and digest (RFC 6979): nothing rests on
 * random numbers being good that early.
 */
#define WOLFSSL_ECDSA_DETERMINISTIC_K
/* Without it wolfSSL 5.7.2 leaves that number behind: wc_ecc_free(). */
#define WOLFSSL_ECDSA_SET_K
#define CUSTOM_RAND_GENERATE_BLOCK crypto_random
/* There is no private RSA key; wolfSSL would warn. */
#define WC_RSA_BLINDING
#endif
#define HAVE_ECC
#define ECC_USER_CURVES
#define HAVE_ECC384
#define HAVE_ECC521
#define NO_ECC_DHE
#define NO_ECC_KEY_EXPORT
#define ECC_TIMING_RESISTANT

/* Arithmetic. SP_SMALL leaves out the tables and unrolls less. */
#define WOLFSSL_SP_MATH_ALL
#define SP_INT_BITS  4096
#define SP_WORD_SIZE 64
#define WOLFSSL_HAVE_SP_RSA
#define WOLFSSL_HAVE_SP_ECC
#define WOLFSSL_SP_4096
#define WOLFSSL_SP_384
#define WOLFSSL_SP_521
#ifndef IMATEE_CRYPTO_FAST
#define WOLFSSL_SP_SMALL
#else
/*
 * From its second signature on, a key of a curve has a table of its multiples: 4, 6 or
 * 9 KiB. A verifier keeps that of the last four keys of each curve.
 */
#define FP_ECC
#define FP_ENTRIES 4
/* Of wolfSSL's other arithmetic, which these curves do not use. */
#define FP_LUT	   4
#endif
#ifdef IMATEE_CRYPTO_ARM64
#define WOLFSSL_SP_ARM64_ASM
/* Whatever is wiped is wiped by words. */
#define WOLFSSL_AARCH64_BUILD
#endif
#ifdef IMATEE_CRYPTO_CE
#define WOLFSSL_ARMASM
#ifdef IMATEE_CRYPTO_CE82
#define WOLFSSL_ARMASM_CRYPTO_SHA512
#endif
#endif

/* certificates */
#define IGNORE_NAME_CONSTRAINTS
/* More than CAs should write, but less than Linux takes. */
#define WOLFSSL_ALLOW_CRIT_AKID
#define WOLFSSL_ALLOW_CRIT_SKID
#define WOLFSSL_ALLOW_ENCODING_CA_FALSE

#ifndef __ASSEMBLER__
#include <stddef.h>
void *crypto_alloc(size_t size);
void *crypto_realloc(void *ptr, size_t size);
void crypto_free(void *ptr);
int crypto_random(unsigned char *buf, unsigned int size);
#endif

#endif /* USER_SETTINGS_H */
