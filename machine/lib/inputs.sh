# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# What a part's output depends on, as lines of text for its key.

# input_files PATH...: content and relative name of files and of all files
# under directories; a path that does not exist counts as absent.
input_files() {
	local path broken
	for path; do
		if [ -d "$path" ]; then
			# A certificate that is a link to nothing would silently not be there.
			broken=$(find -L "$path" -type l)
			[ -z "$broken" ] || die "a link to nothing: $broken"
			(cd "$path" && find -L . -type f ! -name '.*.sw?' -print0 |
				LC_ALL=C sort -z | xargs -0r sha256sum)
		elif [ -f "$path" ]; then
			sha256sum <"$path"
		else
			echo "absent: ${path#"$TOP"/}"
		fi
	done
}

# input_tools COMMAND...: the first line of what each tool says of its version.
input_tools() {
	local tool
	for tool; do
		"$tool" --version | sed -n 1p
	done
}

# input_value TEXT...
input_value() {
	printf 'value: %s\n' "$@"
}
