/* SPDX-License-Identifier: ISC */
/* The trade's half of the list of actions (see actions.h); screens add here. */
#ifndef TERM_ACTIONS_TRADE_H
#define TERM_ACTIONS_TRADE_H

#define ACTIONS_TRADE(X) \
	X(SALE_LINE,   N_(":line"),    "sell", N_("Line"), \
	    N_("quantity, note and price of the marked line")) \
	X(SALE_PRICE,  N_(":price"),   "price", N_("Price"), \
	    N_("PRICE: another price for the marked line")) \
	X(SALE_HOLD,   N_(":hold"),    "sell", N_("Hold"), \
	    N_("NAME: put the sale aside under a name")) \
	X(SALE_VOID,   N_(":void"),    "void", N_("Void"), \
	    N_("void the marked line")) \
	X(SALE_PAY,    N_(":pay"),     "sell", N_("Pay"), \
	    N_("TENDER: take the money")) \
	X(SALE_CANCEL, N_(":cancel"),  "void", N_("Cancel"), \
	    N_("cancel the whole sale")) \
	X(SALE_NOTE,   N_(":note"),    "sell", N_("Note"), \
	    N_("TEXT: a note on the marked line")) \
	X(SALE_RETURN, N_(":return"),  "return", N_("Return"), \
	    N_("TICKET: take goods back")) \
	X(NO_SALE,     N_(":no-sale"), "drawer", N_("No sale"), \
	    N_("open the drawer without a sale")) \
	X(REPRINT,     N_(":reprint"), "sell", N_("Reprint"), \
	    N_("TICKET: print it again, as a duplicate")) \
	X(RETENDER,    N_(":retender"), "sell", N_("Retender"), \
	    N_("TENDER: correct how the last ticket was paid")) \
	X(SWITCH_USER, N_(":user"),    NULL, N_("User"), \
	    N_("NAME: somebody else works here")) \
	X(PERSON,      N_(":customer"), "sell", N_("Customer"), \
	    N_("NAME: whose sale this is"))

#endif
