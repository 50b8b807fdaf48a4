# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# Building the crypto libraries as ta/crypto/ sets them up: once for trusted
# applications, once for the unit tests, once for the fuzz targets.

# Not UBSan: its arithmetic means to overflow, see ta/crypto/Makefile.
CRYPTO_SANITIZE='-g -O1 -fno-omit-frame-pointer'

# crypto_inputs COMPILER
crypto_inputs() {
	input_files "$MACHINE/lib/crypto.sh" "$TOP/ta/crypto"
	input_tools "$1"
}

# crypto_build SOURCE WORK OUT VARIABLE=VALUE...: without the work of an
# earlier build, for it knows no change of flags.
crypto_build() {
	local source=$1 work=$2 out=$3
	shift 3
	rm -rf "$work/object"
	make -C "$TOP/ta/crypto" WOLFSSL="$source" O="$work/object" -j"$JOBS" "$@"
	cp "$work/object/"{libwolfcrypt.a,cflags} "$out/"
	# user_settings.h and the headers that it configures, and ours.
	mkdir "$out/include"
	cp "$TOP/ta/crypto/"{user_settings,sha1_ce}.h "$out/include/"
	cp -a "$source/wolfssl" "$out/include/"
}
