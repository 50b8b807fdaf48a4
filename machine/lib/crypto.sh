# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# Building the crypto libraries as ta/crypto/ sets them up: once for trusted
# applications, once for the unit tests, once for the fuzz targets.

# The parts with their sources.
CRYPTO_SOURCES='wolfssl-source nettle-source tomcrypt-source'
# Not UBSan: wolfSSL's arithmetic means to overflow, see ta/crypto/Makefile.
CRYPTO_SANITIZE='-g -O1 -fno-omit-frame-pointer'

# crypto_inputs COMPILER
crypto_inputs() {
	input_files "$MACHINE/lib/crypto.sh" "$TOP/ta/crypto"
	input_tools "$1"
}

# crypto_build WORK OUT VARIABLE=VALUE...: without the work of an earlier build,
# for it knows no change of flags.
crypto_build() {
	local work=$1 out=$2 wolfssl nettle
	shift 2
	wolfssl=$(need wolfssl-source)/source
	nettle=$(need nettle-source)/source
	rm -rf "$work/object"
	make -C "$TOP/ta/crypto" WOLFSSL="$wolfssl" NETTLE="$nettle" \
		TOMCRYPT="$(need tomcrypt-source)/source" O="$work/object" -j"$JOBS" "$@"
	cp "$work/object/"{libwolfcrypt.a,libhashes.a,cflags} "$out/"
	# user_settings.h and the headers that it configures, Nettle's, and ours.
	mkdir -p "$out/include/nettle"
	cp "$TOP/ta/crypto/"{user_settings,sha1_ce,whirlpool}.h "$out/include/"
	cp "$nettle/"{nettle-types,sm3,streebog}.h "$out/include/nettle/"
	cp -a "$wolfssl/wolfssl" "$out/include/"
}
