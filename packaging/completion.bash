# bash completion for comptoir: the words come from the program itself.
_comptoir()
{
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}
	local -a path=()
	local i word

	case $prev in
	-s)
		mapfile -t COMPREPLY < <(compgen -d -- "$cur")
		return
		;;
	--format)
		mapfile -t COMPREPLY < <(compgen -W 'table csv json' -- "$cur")
		return
		;;
	esac
	for ((i = 1; i < COMP_CWORD; i++)); do
		word=${COMP_WORDS[i]}
		case $word in
		-s | --format) ((i++)) ;;
		-*) ;;
		*) path+=("$word") ;;
		esac
	done
	mapfile -t COMPREPLY < <(compgen -W \
	    "$(comptoir complete "${path[@]}" 2>/dev/null)" -- "$cur")
	[ ${#COMPREPLY[@]} -gt 0 ] ||
	    mapfile -t COMPREPLY < <(compgen -f -- "$cur")
}
complete -F _comptoir comptoir
