# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# bash completion for imatee(1).

# The key ids that the TEE holds; nothing if it cannot be asked.
_imatee_ids() {
	imatee keys list 2>/dev/null | awk 'NR > 1 { print $3 }'
}

_imatee() {
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}
	local word words='' command='' options='--json --help'
	local verify='--ak --nonce --state --policy --development --receipt --sign-key --bank'

	# The command ends with its last word; what follows are operands.
	for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
		[[ $word != -* ]] || continue
		[[ -z $command || $command == keys || $command == log ]] || break
		command+="${command:+ }$word"
	done
	case $prev in
	-r | --ring)
		mapfile -t COMPREPLY < <(compgen -W 'ima evm platform' -- "$cur")
		return
		;;
	-b | --bank)
		mapfile -t COMPREPLY < <(compgen -W 'sha1 sha256 sha384' -- "$cur")
		return
		;;
	-o | --output | -P | --pcrs | --ak | --state | --policy | --receipt | --sign-key)
		mapfile -t COMPREPLY < <(compgen -f -- "$cur")
		return
		;;
	esac
	case $command in
	'') words='status keys revoke revoked log quote ak verify-quote seal version' ;;
	keys) words='list show export add diff' ;;
	log) words='status show export trim' ;;
	quote) options+=' --nonce --from --bank --output' ;;
	ak) options+=' --pem --tpm2b --csr --output' ;;
	'log show') options+=' --bank' ;;
	'log export') options+=' --bank --pcrs --output' ;;
	'keys list' | 'keys diff') options+=' --ring' ;;
	'keys show') words=$(_imatee_ids) options+=' --ring' ;;
	'keys export') words=$(_imatee_ids) options+=' --ring --pem --output' ;;
	'keys add' | revoke | 'log trim' | verify-quote)
		[[ $command != 'keys add' ]] || options+=' --ring'
		[[ $command != verify-quote ]] || options+=" $verify"
		[[ $cur == -* ]] || mapfile -t COMPREPLY < <(compgen -f -- "$cur")
		[[ $cur == -* ]] || return
		;;
	esac
	[[ $cur != -* ]] || words=$options
	mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
}

complete -o filenames -F _imatee imatee
