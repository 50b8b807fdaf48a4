# shellcheck shell=sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Helpers for the tests that run inside the guest. A suite sources this file,
# names itself with "suite NAME" and closes with "finish".
#
# Each result is one line: "ok - SUITE: NAME", "not ok - SUITE: NAME" or
# "ok - SUITE: NAME # SKIP why". What explains a failure follows it, behind "# ".

export LC_ALL=C PATH=/usr/sbin:/usr/bin:/sbin:/bin
SECFS=/sys/kernel/security
TEE=$SECFS/integrity/tee
EVM=$SECFS/integrity/evm/evm
POLICY=$SECFS/ima/policy
KEYS=/keys/private
HELPERS=/helpers
# Only files of this user are appraised: the test machine itself is not.
OWNER=4242
# Modules have an owner of their own, so that opening one is not appraised, too.
MODULE_OWNER=4243
# So have files with fs-verity: a rule that wants one kind of signature for a
# program refuses the other.
VERITY_OWNER=4244
FILES=/root/files

# The guest's shell prefers its own applets; these are wanted as they are in the
# packages attr and kmod.
getfattr() { /usr/bin/getfattr "$@"; }
setfattr() { /usr/bin/setfattr "$@"; }
insmod() { /usr/sbin/insmod "$@"; }
rmmod() { /usr/sbin/rmmod "$@"; }

suite=none passed=0 failed=0

# A kernel that watches itself; what runs on it has other names.
debug_kernel() {
	case $(uname -r) in
	*-debug) ;;
	*) return 1 ;;
	esac
}

suite() {
	suite=$1
	! debug_kernel || suite=$suite-debug
	mkdir -p "$FILES"
	# every audit record is evidence: drop none
	echo 0 >/proc/sys/kernel/printk_ratelimit
}

ok() {
	passed=$((passed + 1))
	echo "ok - $suite: $1"
}

not_ok() {
	failed=$((failed + 1))
	echo "not ok - $suite: $1"
	shift
	for detail; do
		echo "$detail" | sed 's/^/# /'
	done
}

skip() {
	echo "ok - $suite: $1 # SKIP $2"
}

KMEMLEAK=/sys/kernel/debug/kmemleak

# Memory that nothing points to, once. It takes two scans to be sure of an object,
# and none is reported that is younger than 5 seconds.
leaks() {
	echo scan >$KMEMLEAK && sleep 6 && echo scan >$KMEMLEAK
	cat $KMEMLEAK
	echo clear >$KMEMLEAK
}

found_nothing() {
	equal "no leaks" "" "$(leaks 2>&1 | head -n 80)"
	matches "lockdep is on" "$(cat /proc/lockdep_stats)" '^ *debug_locks: +1$'
}

finish() {
	! debug_kernel || found_nothing
	echo "# $suite: $passed passed, $failed failed"
	echo "done - $suite"
	[ "$failed" = 0 ]
	exit
}

# NAME EXPECTED ACTUAL
equal() {
	if [ "$2" = "$3" ]; then
		ok "$1"
	else
		not_ok "$1" "expected: $2" "got:      $3"
	fi
}

# NAME TEXT PATTERN: an extended regular expression must match a line
matches() {
	if printf '%s\n' "$2" | grep -Eq -e "$3"; then
		ok "$1"
	else
		not_ok "$1" "no line matches: $3" "$2"
	fi
}

# NAME COMMAND...
works() {
	_name=$1
	shift
	if _out=$("$@" 2>&1 </dev/null); then
		ok "$_name"
	else
		not_ok "$_name" "status $?: $*" "$_out"
	fi
}

errno_text() {
	case $1 in
	EACCES) echo "Permission denied" ;;
	EPERM) echo "Operation not permitted" ;;
	EINVAL) echo "Invalid argument" ;;
	EOPNOTSUPP) echo "Operation not supported" ;;
	ENOKEY) echo "Required key not available" ;;
	EKEYREJECTED) echo "Key was rejected by service" ;;
	EFAULT) echo "Bad address" ;;
	EBUSY) echo "Device or resource busy" ;;
	EIO) echo "Input/output error" ;;
	ENOENT) echo "No such file or directory" ;;
	ENOTSUPP) echo "Unknown error 524" ;;
	EBADMSG) echo "Bad message" ;;
	ENOPKG) echo "Package not installed" ;;
	EEXIST) echo "File exists" ;;
	ENOTUNIQ) echo "Name not unique on network" ;;
	ENOSPC) echo "No space left on device" ;;
	EFBIG) echo "File too large" ;;
	ESTALE) echo "Stale file handle" ;;
	ENODATA) echo "No data available" ;;
	EISDIR) echo "Is a directory" ;;
	ELOOP) echo "Too many levels of symbolic links" ;;
	ENAMETOOLONG) echo "File name too long" ;;
	*) echo "unknown errno $1" ;;
	esac
}

# NAME ERRNO COMMAND...: the command fails and says so with exactly that errno
refused() {
	_name=$1 _errno=$2
	shift 2
	if _out=$("$@" 2>&1 </dev/null); then
		not_ok "$_name" "was not refused: $*" "$_out"
	elif printf '%s\n' "$_out" | grep -Fq "$(errno_text "$_errno")"; then
		ok "$_name: $_errno"
	else
		not_ok "$_name" "expected $_errno from: $*" "$_out"
	fi
}

# The tool behind "open it for reading".
read_file() {
	cat "$1" >/dev/null
}

mode() {
	cat "$TEE/mode" 2>/dev/null || echo stock
}

# What the kernel keeps for itself: a large allocation is in the first if its pages are
# contiguous, else in the second.
kernel_bytes() {
	echo 1 >/proc/sys/vm/stat_refresh
	awk '/^(SUnreclaim|VmallocUsed):/ { kb += $2 }
		END { printf "%.0f\n", kb * 1024 }' /proc/meminfo
}

tee_state() {
	sed -n "s/^$1: //p" "$TEE/state"
}

# NAME: serial number of a keyring, in decimal
ring_serial() {
	_serial=$(awk -v n="$1:" '$8 == "keyring" && $9 == n { print $1 }' /proc/keys)
	[ -n "$_serial" ] && echo $((0x$_serial))
}

# KEY: the id that evmctl puts into a signature, from the certificate
keyid() {
	openssl x509 -in "$KEYS/$1.pem" -noout -ext subjectKeyIdentifier |
		tail -n 1 | tr -d ' :\n' | tail -c 8 | tr 'A-F' 'a-f'
}

# Without the TEE somebody has to load the keys: the certificates are the same, and so is
# the order, which shows in the list of measurements.
load_keys() {
	for _key in modsig p256 p384 p521 rsa2048 rsa3072 rsa4096; do
		keyctl padd asymmetric "" %keyring:.ima \
			<"$KEYS/ima-$_key.der" >/dev/null || return
	done
	for _key in p256 rsa2048; do
		keyctl padd asymmetric "" %keyring:.evm \
			<"$KEYS/evm-$_key.der" >/dev/null || return
	done
}

# EVM checks signatures from here on (bit 2; in other modes than off it is up to
# the kernel to have set it), and knows that no HMAC key will come (bit 31), so
# that signatures may be written to files.
start_evm() {
	case $(mode) in
	stock | off) echo 0x80000002 >"$EVM" ;;
	*) echo 0x80000000 >"$EVM" ;;
	esac
}

# The same starting point in every mode, once a boot.
start() {
	[ ! -e /tmp/started ] || return 0
	: >/tmp/started
	case $(mode) in
	stock | off) load_keys || return ;;
	esac
	start_evm
}

# RULE...
load_policy() {
	printf '%s\n' "$@" >"$POLICY"
}

appraise_files() {
	load_policy \
		"appraise func=FILE_CHECK fowner=$OWNER appraise_type=imasig" \
		"appraise func=BPRM_CHECK fowner=$OWNER appraise_type=imasig"
}

# FILE SOURCE: a copy that no verdict is cached for
fresh() {
	rm -f "$1"
	cp "$2" "$1" && chmod 755 "$1" && chown "$OWNER" "$1"
}

# ARGUMENT...: evmctl tells much on standard error that only a failure is worth
quiet_evmctl() {
	evmctl "$@" >/tmp/evmctl.log 2>&1 && return
	cat /tmp/evmctl.log >&2
	return 1
}

# evmctl reads the file that it signs, so it must not be appraised meanwhile.

# FILE IMA-KEY [EVMCTL-OPTION...]
ima_sign() {
	_file=$1 _key=$2
	shift 2
	chown 0 "$_file"
	quiet_evmctl ima_sign -a sha256 -k "$KEYS/$_key.key" "$@" "$_file" &&
		chown "$OWNER" "$_file"
}

# FILE EVM-KEY [EVMCTL-OPTION...]
evm_sign() {
	_file=$1 _key=$2
	shift 2
	chown 0 "$_file"
	quiet_evmctl sign --portable --uid "$OWNER" -a sha256 \
		-k "$KEYS/$_key.key" "$@" "$_file" &&
		chown "$OWNER" "$_file"
}

# FILE IMA-KEY EVM-KEY: "hello", owned by the appraised user, signed twice
signed_file() {
	fresh "$1" "$HELPERS/hello" && ima_sign "$1" "$2" && evm_sign "$1" "$3"
}

# FILE: "hello" with fs-verity on
verity_file() {
	fresh "$1" "$HELPERS/hello" && fsverity enable "$1"
}

# FILE KEY [DIGEST]: its security.ima, for its own digest if there is no other
verity_sign() {
	_digest=${3:-$(fsverity measure "$1" | cut -d ' ' -f 1)}
	_value=$(echo "$_digest $1" |
		evmctl sign_hash --veritysig -k "$KEYS/$2.key" 2>/dev/null |
		awk '{ print $NF }')
	chown 0 "$1"
	setfattr -n security.ima -v "0x$_value" "$1"
	evm_sign "$1" evm-p256
}

# FILE: why IMA refused it, from the audit record; empty if it did not
cause_of() {
	_tries=100
	while [ $_tries != 0 ]; do
		_tries=$((_tries - 1))
		_cause=$(dmesg | grep -F "name=\"$1\"" |
			sed -n 's/.*op=appraise_data cause=\([^ ]*\).*/\1/p' |
			tail -n 1)
		[ -n "$_cause" ] && break
		usleep 20000
	done
	echo "$_cause" | tr -d '"'
}

# NAME FILE CAUSE: opening is refused, for that reason
refused_for() {
	refused "$1" EACCES read_file "$2"
	equal "$1: cause" "$3" "$(cause_of "$2")"
}

# FILE: the attributes that carry its signatures, for copy_signatures
signatures() {
	getfattr --absolute-names -d -m '^security\.' -e hex "$1" | grep '^security\.'
}

# FROM TO: give one file the signatures of another
copy_signatures() {
	{
		echo "# file: $2"
		signatures "$1"
	} >/tmp/signatures
	setfattr --restore=/tmp/signatures
}

# FILE OUT: the same file with one byte changed, in its last page
tampered() {
	_size=$(wc -c <"$1")
	cp "$1" /tmp/tampered
	printf 'X' | dd of=/tmp/tampered bs=1 seek=$((_size - 100)) conv=notrunc 2>/dev/null
	fresh "$2" /tmp/tampered && copy_signatures "$1" "$2"
}

# NUMBER: as four bytes, most significant first
be32() {
	# shellcheck disable=SC2059 # the format is the octal bytes
	printf "$(printf '\\%03o\\%03o\\%03o\\%03o' $(($1 >> 24 & 255)) \
		$(($1 >> 16 & 255)) $(($1 >> 8 & 255)) $(($1 & 255)))"
}

# IN OUT CERT KEY [OPTION...]: append a signature, as the kernel's sign-file does
append_signature() {
	_in=$1 _to=$2 _cert=$3 _pkey=$4
	shift 4
	sign_message "$_in" /tmp/appended.p7 "$_cert" "$_pkey" "$@" &&
		append_message "$_in" "$_to" /tmp/appended.p7
}

# IN OUT CERT KEY [OPTION...]: the PKCS#7 message alone
sign_message() {
	_in=$1 _p7=$2 _cert=$3 _pkey=$4
	shift 4
	[ $# != 0 ] || set -- -noattr -nocerts -nosmimecap -md sha256
	openssl cms -sign -binary -signer "$_cert" -inkey "$_pkey" "$@" -outform DER \
		-in "$_in" -out "$_p7" 2>/tmp/appended.err
}

# IN OUT MESSAGE
append_message() {
	{
		# struct module_signature: PKEY_ID_PKCS7 and the length
		cat "$1" "$3"
		printf '\000\000\002\000\000\000\000\000'
		be32 "$(wc -c <"$3")"
		printf '~Module signature appended~\n'
	} >"$2"
	chown "$OWNER" "$2"
}

# MESSAGE MESSAGE: one with the signers of both, in that order
merge_messages() {
	for _p7; do
		od -An -v -tx1 "$_p7" | tr -d ' \n'
		echo
	done | awk -f /tests/guest/merge.awk >/tmp/merged
	# shellcheck disable=SC2059 # the format is the octal bytes
	printf "$(cat /tmp/merged)"
}

# FILE: "runs" or "refused", else what happened
outcome() {
	if _out=$("$1" 2>&1) && [ "${_out#hello}" != "$_out" ]; then
		echo runs
	elif printf '%s\n' "$_out" | grep -Fq "$(errno_text EACCES)"; then
		echo refused
	else
		echo "unclear: $_out"
	fi
}

# ENTRY...: /tmp/request, a list of what is to be revoked, signed by the test CA;
# with other options of openssl cms in $signer_options
request() {
	{
		echo imatee-revocation-1
		printf '%s\n' "$@"
	} >/tmp/list
	# shellcheck disable=SC2086 # a list
	openssl cms -sign ${signer_options:--binary -nodetach -noattr -signer $KEYS/ca.pem -inkey $KEYS/ca.key} \
		-md "${signer_md:-sha256}" -in /tmp/list -outform DER -out /tmp/request
}

# Revokes what /tmp/request says.
revoke() {
	cat /tmp/request >"$TEE/revoke"
}

# KEY [HASH]: the entry for its certificate
tbs_of() {
	openssl asn1parse -in "$KEYS/$1.pem" -strparse 4 -noout -out /tmp/tbs
	echo "tbs:$("${2:-sha256}sum" </tmp/tbs | cut -d ' ' -f 1)"
}

# KEY: the entry for it, whatever its certificate
spki_of() {
	echo "spki:$(openssl x509 -in "$KEYS/$1.pem" -pubkey -noout |
		openssl pkey -pubin -outform DER | sha256sum | cut -d ' ' -f 1)"
}

# NAME: with a TEE that is not there, nothing at all verifies
nothing_verifies() {
	appraise_files
	signed_file "$FILES/$1" ima-p256 evm-p256
	refused_for "a signed file" "$FILES/$1" invalid-fail-immutable
	fresh "$FILES/$1.noevm" "$HELPERS/hello"
	ima_sign "$FILES/$1.noevm" ima-p256
	refused_for "a file with security.ima alone" "$FILES/$1.noevm" missing-HMAC
	fresh "$FILES/$1.unsigned" "$HELPERS/hello"
	refused_for "an unsigned file" "$FILES/$1.unsigned" IMA-signature-required
	equal "EVM checks all the same" 2 "$(cat "$EVM")"
	modules_refused "$1"
}

# PREFIX: modsig is the way past a file without extended attributes
modules_refused() {
	OWNER=$MODULE_OWNER
	load_policy "appraise func=MODULE_CHECK fowner=$OWNER appraise_type=imasig|modsig"
	append_signature /modules/imatee_victim.ko "$FILES/$1.ko" \
		"$KEYS/ima-modsig.pem" "$KEYS/ima-modsig.key"
	refused "a module signed with modsig" EACCES insmod "$FILES/$1.ko"
	fresh "$FILES/$1.both.ko" "$FILES/$1.ko"
	ima_sign "$FILES/$1.both.ko" late-p256
	evm_sign "$FILES/$1.both.ko" evm-p256
	# a TEE failure must not look like "no attributes", which modsig excuses
	refused "a module with all signatures" EACCES insmod "$FILES/$1.both.ko"
}

# ARGUMENT...: carry out an attack on kernel memory; "stop_attack" undoes it
start_attack() {
	insmod /modules/imatee_attack.ko "$@"
}

stop_attack() {
	rmmod imatee_attack
}
