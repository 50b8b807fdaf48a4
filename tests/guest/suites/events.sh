#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Stock, modes off and full alike: each condition of a rule, with a case for it and one against
# it, and each hook of IMA that measures. See lists.sh for what becomes of it.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
# shellcheck source=tests/guest/listlib.sh
. /tests/guest/listlib.sh
suite "events-$(mode)"

BY_UID=6021 BY_EUID=6022 SAVED=6023 BY_GID=6024 BY_EGID=6025 BELOW=6026 ABOVE=6027 SAVED_GROUP=6028
FOWNER=6029 OTHER_OWNER=6030 HIGH=70001 UUID=6031 FSNAME=6032 EXT4=6033 TMPFS=6034
READ=6035 ALSO_READ=6036 WRITE=6037 EXCEPT=6038 MMAP=6040 CREDS=6041 DIRECT=6042
RULES=6043 KERNEL=6044 INITRAMFS=6045 MAPPED=6046
GROUP=6101 NO_GROUP=6100
IMAGE=/kernel/Image

root_uuid() {
	tune2fs -l /dev/vda | sed -n 's/^Filesystem UUID: *//p'
}

rules() {
	printf '%s\n' \
		"measure func=FILE_CHECK mask=MAY_READ fowner=$BY_UID uid=2" \
		"measure func=FILE_CHECK mask=MAY_READ fowner=$BY_EUID euid=2" \
		"measure func=FILE_CHECK mask=MAY_READ fowner=$SAVED euid=2" \
		"measure func=FILE_CHECK mask=MAY_READ fowner=$BY_GID gid=2" \
		"measure func=FILE_CHECK mask=MAY_READ fowner=$BY_EGID egid=2" \
		"measure func=FILE_CHECK mask=MAY_READ fowner=$SAVED_GROUP egid=2" \
		"measure func=FILE_CHECK mask=MAY_READ fowner=$BELOW uid<2" \
		"measure func=FILE_CHECK mask=MAY_READ fowner=$ABOVE gid>1" \
		"measure func=FILE_CHECK mask=MAY_READ fowner=$FOWNER" \
		"measure func=FILE_CHECK mask=MAY_READ fowner>70000" \
		"measure func=FILE_CHECK mask=MAY_READ fgroup=$GROUP" \
		"measure func=FILE_CHECK mask=MAY_READ fowner=$UUID fsuuid=$(root_uuid)" \
		"measure func=FILE_CHECK mask=MAY_READ fowner=$FSNAME fsname=ext4" \
		"measure func=FILE_CHECK mask=MAY_READ fowner=$EXT4 fsmagic=0xef53" \
		"measure func=FILE_CHECK mask=MAY_READ fowner=$TMPFS fsmagic=0x01021994" \
		"measure func=FILE_CHECK mask=MAY_READ fowner=$READ" \
		"measure func=FILE_CHECK mask=^MAY_READ fowner=$ALSO_READ" \
		"measure func=FILE_CHECK mask=MAY_WRITE fowner=$WRITE" \
		"dont_measure func=FILE_CHECK fowner=$EXCEPT fgroup=$NO_GROUP" \
		"measure func=FILE_CHECK mask=MAY_READ fowner=$EXCEPT" \
		"measure func=FILE_CHECK mask=MAY_READ fowner=$MAPPED" \
		"measure func=FILE_CHECK mask=MAY_READ fowner=$DIRECT template=ima-ng" \
		"measure func=MMAP_CHECK fowner=$MMAP" \
		"measure func=CREDS_CHECK fowner=$CREDS" \
		"measure func=KEXEC_KERNEL_CHECK fowner=$KERNEL" \
		"measure func=KEXEC_INITRAMFS_CHECK fowner=$INITRAMFS" \
		"measure func=KEXEC_CMDLINE fowner=$KERNEL" \
		"measure func=KEY_CHECK keyrings=events" \
		"measure func=CRITICAL_DATA label=imatee_test"
}

# The keys that came before the policy are measured with its first rules.
policy() {
	load_policy "measure func=KEY_CHECK keyrings=.builtin_trusted_keys|.ima|.evm" \
		"measure func=POLICY_CHECK fowner=$RULES" || not_ok "the policy is loaded"
	equal "keys of .ima" 7 "$(grep -c ' ima-buf .* \.ima ' "$ASCII")"
	equal "keys of .evm" 2 "$(grep -c ' ima-buf .* \.evm ' "$ASCII")"
	equal "keys of the kernel" 2 \
		"$(grep -c ' ima-buf .* \.builtin_trusted_keys ' "$ASCII")"
	echo "measure func=FILE_CHECK fowner=6999" >"$FILES/unmeasured-rules"
	entries "a policy that no rule is for" 0 load_file "$FILES/unmeasured-rules"
	rules >"$FILES/rules"
	chown $RULES "$FILES/rules"
	entries "a policy from a file" 1 load_file "$FILES/rules"
}

load_file() {
	echo "$1" >"$POLICY"
}

# NAME OWNER NO YES: a file is not measured if users and groups are NO, but if YES
as() {
	file "$FILES/as-$2" 300 "$2"
	# shellcheck disable=SC2086 # users and groups
	entries "$1: not for others" 0 "$HELPERS/openas" $3 "$FILES/as-$2"
	# shellcheck disable=SC2086 # users and groups
	entries "$1" 1 "$HELPERS/openas" $4 "$FILES/as-$2"
}

users() {
	chmod 711 /root
	as uid $BY_UID "1,2,2 0,0,0" "2,1,1 0,0,0"
	as euid $BY_EUID "2,1,1 0,0,0" "1,2,1 0,0,0"
	as "euid, who may become it" $SAVED "0,0,0 0,0,0" "0,0,2 0,0,0"
	as gid $BY_GID "1,1,1 1,2,2" "1,1,1 2,1,1"
	as egid $BY_EGID "1,1,1 2,1,1" "1,1,1 1,2,1"
	as "egid, who may become it" $SAVED_GROUP "0,0,0 0,0,0" "0,0,0 0,0,2"
	as "uid below" $BELOW "2,1,1 0,0,0" "1,2,2 0,0,0"
	as "gid above" $ABOVE "1,1,1 1,2,2" "1,1,1 2,1,1"
}

# NAME NO YES: owners
owned() {
	file "$FILES/owned-$3" 400 "$2"
	entries "$1: not others" 0 read_file "$FILES/owned-$3"
	chown "$3" "$FILES/owned-$3"
	entries "$1" 1 read_file "$FILES/owned-$3"
}

owners() {
	owned fowner $OTHER_OWNER $FOWNER
	owned "fowner above" 70000 $HIGH
	owned fgroup "0:$NO_GROUP" "0:$GROUP"
	owned dont_measure "$EXCEPT:$NO_GROUP" "$EXCEPT:0"
}

# NAME OWNER NO YES: directories
on() {
	file "$3/on-$2" 500 "$2"
	entries "$1: not others" 0 read_file "$3/on-$2"
	file "$4/on-$2" 500 "$2"
	entries "$1" 1 read_file "$4/on-$2"
}

file_systems() {
	mount -t tmpfs tmpfs /mnt
	on fsuuid $UUID /mnt "$FILES"
	on fsname $FSNAME /mnt "$FILES"
	on "fsmagic, ext4" $EXT4 /mnt "$FILES"
	on "fsmagic, tmpfs" $TMPFS "$FILES" /mnt
	umount /mnt
}

open_for_writing() {
	dd if=/dev/null of="$1" conv=notrunc 2>/dev/null
}

open_for_both() {
	sh -c 'exec 3<>"$0"' "$1"
}

masks() {
	file "$FILES/read" 600 $READ
	entries "mask: not for reading and writing" 0 open_for_both "$FILES/read"
	entries "mask: for reading" 1 read_file "$FILES/read"
	file "$FILES/also-read" 600 $ALSO_READ
	entries "mask^: not for writing" 0 open_for_writing "$FILES/also-read"
	entries "mask^: for reading and writing" 1 open_for_both "$FILES/also-read"
	file "$FILES/write" 600 $WRITE
	entries "mask: not for reading" 0 read_file "$FILES/write"
	entries "mask: for writing" 1 open_for_writing "$FILES/write"
}

# BYTES: a file with a path that long, below $FILES
path_of() {
	_path=$FILES
	while [ $(($1 - ${#_path})) -gt 256 ]; do
		_path=$_path/$(printf '%0200d' 0)
	done
	mkdir -p "$_path"
	_path=$_path/$(printf "%0$(($1 - ${#_path} - 1))d" 0)
	file "$_path" 600 $READ
}

# A short path has room in struct imatee_event, one of 156 bytes or more has memory of its
# own. The template ima has 255 bytes of it.
paths() {
	for bytes in 154 155 156 157 300 1000 4000; do
		path_of $bytes
		entries "a path of $bytes bytes" 1 read_file "$_path"
		equal "a path of $bytes bytes: it is in the list" "$(printf %.255s "$_path")" \
			"$(tail -n 1 "$ASCII" | cut -d ' ' -f 5 | cut -c 1-255)"
	done
}

hooks() {
	file "$FILES/direct" 4096 $DIRECT
	entries "O_DIRECT" 1 dd if="$FILES/direct" of=/dev/null bs=4096 iflag=direct
	entries "O_DIRECT, again" 0 dd if="$FILES/direct" of=/dev/null bs=4096 iflag=direct
	entries "and without it" 1 read_file "$FILES/direct"
	cp /usr/lib/aarch64-linux-gnu/libattr.so.1 "$FILES/library"
	entries "a library that is not measured" 0 map_library
	chown $MMAP "$FILES/library"
	entries "a library" 1 map_library
	fresh "$FILES/creds" "$HELPERS/hello"
	chown 0 "$FILES/creds"
	entries "a program that is not measured" 0 "$FILES/creds"
	chown $CREDS "$FILES/creds"
	entries "a program's credentials" 1 "$FILES/creds"
}

map_library() {
	LD_PRELOAD=$FILES/library /usr/bin/getfattr --version
}

# A writer that has nothing open, but a mapping.
mappings() {
	file "$FILES/mapped" 700 $MAPPED
	entries "open_writers by a mapping, and the file" 2 \
		"$HELPERS/mapopen" "$FILES/mapped" cat "$FILES/mapped"
	exec 3<"$FILES/mapped"
	entries "ToMToU by a mapping" 1 "$HELPERS/mapopen" "$FILES/mapped" true
	entries "ToMToU again, without another reader" 0 \
		"$HELPERS/mapopen" "$FILES/mapped" true
	exec 3<&-
	equal "they are zeros" 2 "$(grep -c "^10 0* .* $FILES/mapped\$" "$ASCII")"
}

kexec_load() {
	"$HELPERS/kexecload" "$IMAGE" "$@"
}

kexecs() {
	file "$FILES/initramfs" 5000 $INITRAMFS
	entries "kexec: no rule is for this kernel" 0 kexec_load "one=1 two"
	chown $KERNEL "$IMAGE"
	entries "kexec: a kernel and its command line" 2 kexec_load "one=1 two"
	entries "kexec: the same" 0 kexec_load "one=1 two"
	entries "kexec: another command line" 1 kexec_load "one=1 three"
	entries "kexec: an initramfs" 1 kexec_load "one=1 three" "$FILES/initramfs"
	# of the command line, in hexadecimal
	equal "kexec: the command line is in the list" 1 \
		"$(grep -c ' ima-buf .* kexec-cmdline 6f6e653d31207468726565$' "$ASCII")"
}

add_key() {
	keyctl padd asymmetric "" "%:$1" <"$KEYS/late-p256.der"
}

keyrings() {
	keyctl newring other-events @u >/dev/null
	keyctl newring events @u >/dev/null
	entries "a key of a keyring that is not measured" 0 add_key other-events
	entries "a key of one that is" 1 add_key events
}

# ARGUMENT...
critical() {
	insmod /modules/imatee_critical.ko "$@" && rmmod imatee_critical
}

critical_data() {
	entries "critical data of another label" 0 critical label=other
	entries "critical data" 1 critical name=data
	entries "critical data, the same" 0 critical name=data
	entries "critical data, much" 1 critical name=much size=40000
	entries "critical data, the hash" 1 critical name=hash size=40000 hash=1
	case $(cat /proc/cmdline) in
	*ima_policy=critical_data*)
		matches "critical data: the kernel's version" "$(cat "$ASCII")" \
			' ima-buf .* kernel_version [0-9a-f]+$'
		;;
	esac
}

# Keylime's verifier parses these, and refuses a list that has another one.
templates() {
	equal "no rule names another template: Keylime knows all that there are" "" \
		"$(cut -d ' ' -f 3 "$ASCII" | sort -u | grep -vxE 'ima|ima-ng|ima-sig|ima-buf')"
	matches "files are among them" "$(cut -d ' ' -f 3 "$ASCII")" '^ima(-ng)?$'
	matches "and buffers" "$(cut -d ' ' -f 3 "$ASCII")" '^ima-buf$'
}

start
policy
users
owners
file_systems
masks
paths
hooks
mappings
kexecs
keyrings
critical_data
templates
finish
