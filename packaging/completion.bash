# bash completion for comptoir
_comptoir()
{
	# One command a line; made from the program's own list.
	local commands="@COMMANDS@"
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}
	local -a words=()
	local i word path line next

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
		*) words+=("$word") ;;
		esac
	done
	path=${words[*]}
	next=
	while read -r line; do
		if [ -z "$path" ]; then
			next+=" ${line%% *}"
		elif [[ $line == "$path "* ]]; then
			line=${line#"$path "}
			next+=" ${line%% *}"
		fi
	done <<<"$commands"
	mapfile -t COMPREPLY < <(compgen -W "$next" -- "$cur" | sort -u)
	[ ${#COMPREPLY[@]} -gt 0 ] ||
	    mapfile -t COMPREPLY < <(compgen -f -- "$cur")
}
complete -F _comptoir comptoir
