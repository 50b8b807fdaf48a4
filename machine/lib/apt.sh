# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# Packages of suites and architectures other than the host's, through apt with
# a root of its own: the host's configuration is read and never changed, and
# every index and file is checked against Debian's archive keys.

APT_KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg

# apt_mirror LABEL: the address from which this host takes the archive of that
# label ("Debian", "Debian-Security"); empty if it uses none.
apt_mirror() {
	env -u APT_CONFIG apt-get indextargets --format '$(ORIGIN)|$(LABEL)|$(REPO_URI)' \
		'Created-By: Packages' 2>/dev/null |
		sed -n "s/^Debian|$1|//p" | sed -n 1p
}

# apt_host_suite: the code name of the host's own Debian.
apt_host_suite() {
	(. /etc/os-release && printf '%s\n' "${VERSION_CODENAME:-}")
}

# apt_root DIR ARCH TYPE SUITE...: makes DIR an apt root for those suites
# (TYPE deb or deb-src) and fetches their indexes. Sets APT_CONFIG.
apt_root() {
	local dir=$1 arch=$2 type=$3 suite mirror security
	shift 3
	mirror=$(apt_mirror Debian)
	security=$(apt_mirror Debian-Security)
	[ -n "$mirror" ] || die "apt knows no Debian mirror: run 'apt-get update', then try again"
	[ -f $APT_KEYRING ] || die "$APT_KEYRING is missing: install debian-archive-keyring"
	mkdir -p "$dir"/{etc/apt.conf.d,etc/preferences.d,state/lists/partial,cache/archives/partial}
	: >"$dir/state/status"
	for suite; do
		echo "$type [signed-by=$APT_KEYRING] $mirror $suite main"
		if [ -n "$security" ] && [ "$suite" != sid ]; then
			echo "$type [signed-by=$APT_KEYRING] $security $suite-security main"
		fi
	done >"$dir/etc/sources.list"
	apt_root_config "$dir" "$arch" >"$dir/apt.conf"
	export APT_CONFIG=$dir/apt.conf
	rm -f "$dir/stale"
	apt_update "$dir" "$@"
}

# apt_update DIR SUITE...: fetches the indexes. A mirror that stands still (a
# snapshot, say) serves indexes whose date has run out. Their signatures hold
# all the same, and older than the minimum version nothing is accepted: they are
# used, and DIR/stale says so.
apt_update() {
	local dir=$1 log
	shift
	if log=$(apt-get update --error-on=any 2>&1); then
		return
	fi
	if grep -q 'is expired' <<<"$log" &&
		apt-get update --error-on=any -o Acquire::Check-Valid-Until=false; then
		echo "index of $*: signed but out of date" | tee "$dir/stale"
		return
	fi
	echo "$log"
	die "the package indexes of $* could not be fetched: check the network and" \
		"the Debian mirror in apt's configuration, and try again"
}

# apt_root_config DIR ARCH
apt_root_config() {
	cat <<-EOF
	Dir::Etc "$1/etc";
	Dir::Etc::sourcelist "$1/etc/sources.list";
	Dir::Etc::sourceparts "-";
	Dir::Etc::main "-";
	Dir::Etc::parts "$1/etc/apt.conf.d";
	Dir::Etc::preferencesparts "$1/etc/preferences.d";
	Dir::State "$1/state";
	Dir::State::status "$1/state/status";
	Dir::Cache "$1/cache";
	APT::Architecture "$2";
	APT::Architectures { "$2"; };
	APT::Install-Recommends "false";
	APT::Sandbox::User "";
	Acquire::Languages "none";
	Acquire::Retries "3";
	EOF
	# How the host reaches its mirror.
	env -u APT_CONFIG apt-config dump 2>/dev/null | grep -iE '^Acquire::(https?::|Check-Valid-Until)' || true
}
