/* SPDX-License-Identifier: ISC */
/* EAN-13 and Code 128 for printers that only draw lines. */
#include "drivers/bars.h"

#include <string.h>

#define EAN_QUIET	11
#define CODE128_QUIET	10
#define CODE128_START_B	104
#define CODE128_START_C	105
#define CODE128_TO_B	100
#define CODE128_TO_C	99
#define CODE128_STOP	106

/* Space, bar, space, bar of a digit in the left half, set A; set B is set C
 * backwards, and set C has the widths of A with bars for spaces. */
static const char *const bars_digits[10] = {
	"3211", "2221", "2122", "1411", "1132",
	"1231", "1114", "1312", "1213", "3112",
};
/* Which of the left digits are of set B, by the first digit. */
static const char *const bars_sets[10] = {
	"AAAAAA", "AABABB", "AABBAB", "AABBBA", "ABAABB",
	"ABBAAB", "ABBBAA", "ABABAB", "ABABBA", "ABBABA",
};

static int
bars_sum(const char *widths)
{
	int	sum = 0;

	for (; *widths != '\0'; widths++) {
		sum += *widths - '0';
	}
	return sum;
}

void
bars_ean13(const char *digits, struct buf *out, int *modules, int *quiet)
{
	const char	*sets = bars_sets[digits[0] - '0'];
	size_t		 from = out->len;

	buf_str(out, "111");
	for (int i = 0; i < 6; i++) {
		const char	*w = bars_digits[digits[1 + i] - '0'];

		for (int k = 0; k < 4; k++) {
			buf_chr(out, sets[i] == 'A' ? w[k] : w[3 - k]);
		}
	}
	buf_str(out, "11111");
	for (int i = 0; i < 6; i++) {
		buf_str(out, bars_digits[digits[7 + i] - '0']);
	}
	buf_str(out, "111");
	*quiet = EAN_QUIET;
	*modules = bars_sum(buf_text(out) + from) + 2 * EAN_QUIET;
}

static const char *const bars_symbols[] = {
	"212222", "222122", "222221", "121223", "121322", "131222", "122213",
	"122312", "132212", "221213", "221312", "231212", "112232", "122132",
	"122231", "113222", "123122", "123221", "223211", "221132", "221231",
	"213212", "223112", "312131", "311222", "321122", "321221", "312212",
	"322112", "322211", "212123", "212321", "232121", "111323", "131123",
	"131321", "112313", "132113", "132311", "211313", "231113", "231311",
	"112133", "112331", "132131", "113123", "113321", "133121", "313121",
	"211331", "231131", "213113", "213311", "213131", "311123", "311321",
	"331121", "312113", "312311", "332111", "314111", "221411", "431111",
	"111224", "111422", "121124", "121421", "141122", "141221", "112214",
	"112412", "122114", "122411", "142112", "142211", "241211", "221114",
	"413111", "241112", "134111", "111242", "121142", "121241", "114212",
	"124112", "124211", "411212", "421112", "421211", "212141", "214121",
	"412121", "111143", "111341", "131141", "114113", "114311", "411113",
	"411311", "113141", "114131", "311141", "411131", "211412", "211214",
	"211232", "2331112",
};
_Static_assert(NELEM(bars_symbols) == CODE128_STOP + 1, "all symbols");

struct bars_code {
	struct buf	*out;
	int		 sum, n;	/* of the check symbol */
};

static void
bars_symbol(struct bars_code *code, int value)
{
	buf_str(code->out, bars_symbols[value]);
	code->sum += value * (code->n == 0 ? 1 : code->n);
	code->n++;
}

/* Two digits are one symbol of set C, where four or more stand together. */
void
bars_code128(const char *text, struct buf *out, int *modules, int *quiet)
{
	struct bars_code	code = { .out = out };
	size_t			from = out->len;
	bool			pairs = false;

	while (*text != '\0') {
		size_t	n = strspn(text, "0123456789");
		bool	want = pairs ? n >= 2 : n >= 4;

		if (code.n == 0) {
			bars_symbol(&code, want ? CODE128_START_C :
			    CODE128_START_B);
		} else if (want != pairs) {
			bars_symbol(&code, want ? CODE128_TO_C :
			    CODE128_TO_B);
		}
		pairs = want;
		if (pairs) {
			bars_symbol(&code, (text[0] - '0') * 10 +
			    (text[1] - '0'));
			text += 2;
		} else {
			bars_symbol(&code, *text++ - ' ');
		}
	}
	bars_symbol(&code, code.sum % 103);
	buf_str(out, bars_symbols[CODE128_STOP]);
	*quiet = CODE128_QUIET;
	*modules = bars_sum(buf_text(out) + from) + 2 * CODE128_QUIET;
}
