# SPDX-License-Identifier: GPL-2.0-or-later
#
# Reads "NAME stock off keys verify" of mutants, each verdict an errno, a cause and what
# the verifications returned: all alike; or refused by mode verify alone, for a reason
# that is behind a "+" in the name (mutator/reason.c), and if that is a file inside the
# message, by mode keys as well. What nothing was done to is read. The variables are the
# seed, how many there must be, and the list with their bytes.
# To be run with the functions of errnos.awk.

BEGIN { SHOWN = 20 }

function kind_of(name)
{
	if (name ~ /^mutant-[0-9]+-modsig-/)
		return "appended signatures"
	if (name ~ /^mutant-[0-9]+-evm-/)
		return "security.evm"
	if (name ~ /^mutant-[0-9]+-verity-/)
		return "security.ima over fs-verity"
	return "security.ima"
}

function differs()
{
	bad[kind]++
	if (++shown > SHOWN)
		return
	printf "not ok - corpus: %s, SEED=%s\n", $1, seed
	printf "# stock %s %s %s, off %s %s %s, keys %s %s %s, verify %s %s %s\n",
		$2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13
	system("grep -F '" $1 " ' " list " | sed 's/^/# /'")
}

# Of several bits that are turned over, the TEE may mind another one than the key id's.
function answered(	wanted)
{
	wanted = $4
	if ($1 ~ /-good-flip-/ && $13 !~ /ENOKEY/)
		sub(/ENOKEY/, "EKEYREJECTED", wanted)
	return answers(wanted, $13, appended)
}

{
	kind = kind_of($1)
	all[kind]++
	count++
	appended = kind == "appended signatures"
	kernel = NF == 13 && $2 $3 $4 == $5 $6 $7 && $13 !~ /EIO/ &&
		($2 $3 == $8 $9 || ($1 ~ /[+]inside$/ && $8 $9 == $11 $12)) &&
		answers($4, $10, appended)
	# what is done to a module that IMA lets pass is not IMA's matter
	passed = $3 == "-" && $2 != "EACCES"
	if ($1 ~ /-good-nothing$/ && $2 != "0")
		kernel = 0
	if (kernel && $11 $12 == $2 $3 && answered()) {
		if (passed)
			accepted[kind]++
	} else if (kernel && passed && $11 == "EACCES" && $1 ~ /[+]/) {
		reason = $1
		sub(/.*[+]/, "", reason)
		stricter[kind]++
		reasons[kind, reason]++
		names[reason]
	} else {
		differs()
	}
}

END {
	for (kind in all) {
		text = ""
		for (reason in names)
			if ((kind, reason) in reasons)
				text = text ", " reasons[kind, reason] " for " reason
		printf "%s - corpus: mutants of %s, SEED=%s: %d: %d are accepted, by all; %d by verify alone are not%s; the others by none%s\n",
			bad[kind] || !accepted[kind] ? "not ok" : "ok", kind, seed, all[kind],
			accepted[kind], stricter[kind], text ? " (" substr(text, 3) ")" : "",
			bad[kind] ? "; but of " bad[kind] " the verdicts differ" : ""
	}
	if (count != wanted)
		printf "not ok - corpus: each of %d mutants has one verdict, SEED=%s\n# there are %d\n",
			wanted, seed, count
}
