# SPDX-License-Identifier: GPL-2.0-or-later
#
# The kernel's log, with KTAP of KUnit in it, as lines "ok NAME", "skip NAME" and
# "bad NAME": one for each test case, and one for what a suite announces and does
# not deliver. A log without any test case is bad, too.
#
# Suites stand at the left, their cases are indented by 4 blanks, the parameters of
# a case by 8: a case sums those up.

function close_plan() {
	if (suite != "" && seen != planned)
		print "bad " suite ": " seen + 0 " of " planned " cases have a result"
	suite = ""
	seen = planned = 0
}

{
	if (!sub(/^\[ *[0-9.]+\](\[[^]]*\])? /, ""))
		next
}

/^    # Subtest: / {
	close_plan()
	suite = $3
}

suite != "" && /^    1\.\.[0-9]+$/ {
	planned = substr($1, 4)
}

suite != "" && /^    (not )?ok [0-9]+ / {
	verdict = /# SKIP/ ? "skip" : $1 == "ok" ? "ok" : "bad"
	sub(/^    (not )?ok [0-9]+ /, "")
	sub(/ # .*/, "")
	print verdict, suite ": " $0
	seen++
	cases++
}

# The end of a suite: its own result adds what its set-up and tear-down said.
suite != "" && /^(not )?ok [0-9]+ / {
	if ($1 == "not")
		print "bad " suite ": as a whole"
	suites++
	close_plan()
}

/^1\.\.[0-9]+$/ {
	announced = substr($1, 4)
}

END {
	close_plan()
	if (!cases)
		print "bad no test has run"
	if (suites != announced)
		print "bad " suites + 0 " of " announced + 0 " suites have a result"
}
