# bash completion for comptoir
_comptoir()
{
	# A command a line, then what may follow it; made from the program's
	# own lists.
	local commands="@COMMANDS@"
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}
	local -a words=()
	local i word path line command next best follow

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
	best=
	follow=
	while read -r line; do
		command=${line%%:*}
		if [ -z "$path" ]; then
			next+=" ${command%% *}"
		elif [[ $command == "$path "* ]]; then
			command=${command#"$path "}
			next+=" ${command%% *}"
		elif [[ "$path " == "$command "* ]] &&
		    [ ${#command} -gt ${#best} ]; then
			best=$command
			follow=${line#*:}
		fi
	done <<<"$commands"
	# Options anywhere behind a command, other words right behind it.
	for word in $follow; do
		case $word in
		-*) [[ $cur == -* ]] && next+=" $word" ;;
		*) [ "$path" = "$best" ] && next+=" $word" ;;
		esac
	done
	mapfile -t COMPREPLY < <(compgen -W "$next" -- "$cur" | sort -u)
	[ ${#COMPREPLY[@]} -gt 0 ] ||
	    mapfile -t COMPREPLY < <(compgen -f -- "$cur")
}
complete -F _comptoir comptoir
