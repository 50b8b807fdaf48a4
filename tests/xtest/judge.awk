# SPDX-License-Identifier: GPL-2.0-or-later
#
# awk -f judge.awk README.md -: turns what xtest prints into a result a case, by
# the table of what cannot run. A row of it is
#
#   | CASE | all, part or fails | what xtest prints of it | why |
#
# xtest counts a case that did not find what it needs as passed: what it printed
# tells. That must be in the table, and what is in the table must be printed.

BEGIN {
	FS = "|"
}

function trim(text) {
	gsub(/^[ \t]+|[ \t]+$/, "", text)
	return text
}

FNR == NR {
	if ($2 ~ /^ [0-9][0-9a-z_]* $/) {
		name = trim($2)
		row = name SUBSEP trim($4)
		extent[row] = trim($3)
		why[row] = trim($5)
		if (extent[row] == "fails")
			failure[name] = trim($4)
	}
	next
}

/^\* regression_/ {
	begin()
	next
}

$0 ~ "^  regression_" id " (OK|FAILED)$" && id != "" {
	end($0 ~ /OK$/)
	next
}

# The summary.
/^[0-9]+ (subtest|test case)/ {
	print "# xtest: " $0
	summary++
}

{
	sub(/\r$/, "")
	if (id != "")
		text[++lines] = $0
}

!/^o regression_/ && tolower($0) ~ /skip|ignored|not supported|not available/ {
	sub(/^ *(- [0-9]+ -)? */, "")
	left_out[$0] = 1
}

function begin() {
	sub(/^\* regression_/, "")
	id = title = $0
	sub(/ .*/, "", id)
	sub(/^[^ ]* /, "", title)
	start = systime()
	lines = 0
	delete left_out
}

function not_ok(what,    i) {
	print "not ok - xtest: " what
	for (i = lines > 40 ? lines - 39 : 1; i <= lines; i++)
		print "#   " text[i]
}

# Whether the case, which failed, did so as the table says.
function expected_failure(    i) {
	if (!(id in failure))
		return 0
	for (i = 1; i <= lines; i++)
		if (index(text[i], failure[id]))
			return used[id, failure[id]] = 1
	return 0
}

function end(passed,    what, all, parts, said) {
	what = id " " title
	if (systime() - start >= 5)
		print "# " id ": " systime() - start " s"
	seen[id] = 1
	for (said in left_out) {
		if (!((id, said) in why)) {
			not_ok(what ": left something out that is not in the table: " said)
			passed = -1
		} else if (extent[id, said] == "all") {
			all = why[id, said]
		} else {
			parts = parts "ok - xtest: " what ": the rest # SKIP " \
				why[id, said] "\n"
		}
		used[id, said] = 1
	}
	if (passed == 0 && expected_failure())
		print "ok - xtest: " what " # SKIP " why[id, failure[id]]
	else if (passed == 0)
		not_ok(what)
	else if (passed > 0 && all != "")
		print "ok - xtest: " what " # SKIP " all
	else if (passed > 0)
		print "ok - xtest: " what
	printf "%s", parts
	fflush()
	id = ""
}

END {
	if (id != "")
		not_ok(id " " title ": comes to its end")
	for (row in why) {
		split(row, part, SUBSEP)
		if (part[1] in seen && !(row in used))
			print "not ok - xtest: " part[1] ": the table says that it prints: " part[2]
		else if (whole && !(part[1] in seen))
			print "not ok - xtest: " part[1] ": is in the table, and in the suite"
	}
	if (summary < 3)
		print "not ok - xtest: comes to its end"
}
