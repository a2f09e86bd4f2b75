# SPDX-License-Identifier: ISC
# The tables of sql/schema as mdoc: sections, what a table is for (the comment
# right above it), its columns.

function text(s)
{
	gsub(/\\/, "\\e", s);
	gsub(/[.]  +/, ".\n", s);
	sub(/^[.'\'']/, "\\\\\\&&", s);
	gsub(/\n'/, "\n\\\\\\&'", s);
	return s;
}

function end_list()
{
	if (open)
		print ".El";
	open = 0;
}

/^-- .* --+$/ {
	end_list();
	sub(/^-- /, "");
	sub(/ -+$/, "");
	print ".Ss " $0;
	doc = "";
	next;
}

/^-- append-only:/ { next }

/^--/ {
	sub(/^-- ?/, "");
	doc = doc text($0) "\n";
	next;
}

/^CREATE TABLE/ {
	if (!open)
		print ".Bl -tag -width Ds";
	open = 1;
	print ".It Sy " $3;
	printf "%s", doc;
	print ".Bl -column \"denied_rights\" \"x\" -compact";
	inside = 1;
	doc = "";
	next;
}

inside && /^\)/ {
	print ".El";
	inside = 0;
}

inside && /^\t[a-z]/ {
	sub(/^\t/, "");
	sub(/,?[ \t]*(--.*)?$/, "");
	name = $1;
	sub(/^[a-z_0-9]+[ \t]*/, "");
	print ".It " name " Ta \\&" text($0);
	next;
}

!/^--/ { doc = "" }

END { end_list() }
