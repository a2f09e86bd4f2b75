/* SPDX-License-Identifier: ISC */
/* The trade's half of the list of actions (see actions.h); screens add here. */
#ifndef TERM_ACTIONS_TRADE_H
#define TERM_ACTIONS_TRADE_H

#define ACTIONS_TRADE(X) \
	X(SALE_LINE,   N_(":line"),    "sell", N_("Line"), \
	    N_("quantity and price of the marked line")) \
	X(SALE_PRICE,  N_(":price"),   "discount", N_("Price"), \
	    N_("9.50, 10%, -2, offer WHY: price of the marked line")) \
	X(SALE_DISCOUNT, N_(":discount"), "discount", N_("Discount"), \
	    N_("-2 or 10%: off the whole ticket; 0%: none any more")) \
	X(SALE_OFFER,  N_(":offer"),   "offer", N_("Offer"), \
	    N_("REASON: nothing to pay for the marked line")) \
	X(SALE_COUPON, N_(":coupon"),  "sell", N_("Coupon"), \
	    N_("CODE: a coupon is shown")) \
	X(SALE_NOTE,   N_(":note"),    "sell", N_("Note"), \
	    N_("TEXT: words under the marked line, as on the receipt")) \
	X(SALE_HOLD,   N_(":hold"),    "sell", N_("Hold"), \
	    N_("NAME: put the sale aside under a name")) \
	X(SALE_VOID,   N_(":void"),    "void", N_("Void"), \
	    N_("void the marked line, else the last one")) \
	X(SALE_PAY,    N_(":pay"),     "pay", N_("Pay"), \
	    N_("TENDER: take the money; an amount may stand before it")) \
	X(SALE_SUBMIT, N_(":submit"),  "sell", N_("Hand over"), \
	    N_("hand the sale to the till: its lines are locked")) \
	X(QUOTE,       N_(":quote"),   "sell", N_("Quotation"), \
	    N_("NAME DAY: a quotation of this sale, good until DAY")) \
	X(ORDER,       N_(":order"),   "sell", N_("Order"), \
	    N_("NAME DAY: an order of this sale, wanted for DAY")) \
	X(DEPOSIT,     N_(":deposit"), "sell", N_("Deposit"), \
	    N_("AMOUNT or 30%: what the customer pays on an order now")) \
	X(BILL,        N_(":bill"),    "sell", N_("Bill"), \
	    N_("print the bill before it is paid")) \
	X(RECEIPT,     N_(":receipt"), "pay", N_("Receipt"), \
	    N_("print the receipt of the last ticket, not printed so far")) \
	X(INVOICE,     N_(":invoice"), "pay", N_("Invoice"), \
	    N_("TICKET: an invoice of it; else of the last ticket")) \
	X(TEMPLATES,   N_(":templates"), "document", N_("Papers"), \
	    N_("what receipts, bills and invoices look like")) \
	X(PAY_WAYS,    N_(":ways"),    "pay", N_("Ways"), \
	    N_("the ways to pay and their letters; choose one")) \
	X(SALE_REOPEN, N_(":reopen"),  "sell", N_("Reopen"), \
	    N_("let the lines of a sale handed over change again")) \
	X(SALE_CANCEL, N_(":cancel"),  "cancel", N_("Cancel"), \
	    N_("REASON: cancel the whole sale")) \
	X(NO_SALE,     N_(":no-sale"), "nosale", N_("No sale"), \
	    N_("REASON: open the drawer without a sale")) \
	X(REPRINT,     N_(":reprint"), "reprint", N_("Reprint"), \
	    N_("TICKET: print it again, as a duplicate; else the last")) \
	X(RETENDER,    N_(":retender"), "pay", N_("Retender"), \
	    N_("TENDER: correct how the last ticket was paid")) \
	X(PREVIEW,     N_(":preview"), "sell", N_("Preview"), \
	    N_("TICKET: the receipt on the screen; else this sale's")) \
	X(TICKETS,     N_(":tickets"), "sales", N_("Tickets"), \
	    N_("DAY: past tickets, newest first")) \
	X(REPORT,      N_(":report"),  "look", N_("Reports"), \
	    N_("NAME DAY: a report; else their list")) \
	X(PRODUCT,     N_(":product"), "look", N_("Look up"), \
	    N_("CODE: price, stock and barcodes of an item")) \
	X(SELL,        N_(":sell"),    "sell", N_("Sell"), \
	    N_("ring up a sale")) \
	X(CLOCK,       N_(":clock"),   "clock", N_("Clock"), \
	    N_("a manager's word that the clock is right")) \
	X(SWITCH_USER, N_(":user"),    NULL, N_("User"), \
	    N_("NAME: somebody else works here")) \
	X(SELF,        N_(":self"),    NULL, N_("Myself"), \
	    N_("own language, password and PIN")) \
	X(REFRESH,     N_(":refresh"), NULL, N_("Refresh"), \
	    N_("look again")) \
	X(USERS,       N_(":users"),   "user", N_("Users"), \
	    N_("who may sign in; lock and unlock")) \
	X(USER_PASSWORD, N_(":password"), "user", N_("Password"), \
	    N_("another password for the marked user")) \
	X(USER_PIN,    N_(":pin"),     "user", N_("PIN"), \
	    N_("another PIN for the marked user")) \
	X(USER_TOTP,   N_(":code"),    "user", N_("2nd code"), \
	    N_("a new second factor for the marked user")) \
	X(USER_BADGE,  N_(":badge"),   "user", N_("Badge"), \
	    N_("a badge for the marked user")) \
	X(USER_BADGE_OFF, N_(":badge-off"), "user", N_("No badge"), \
	    N_("take the marked user's badges away")) \
	X(TERMINALS,   N_(":terminals"), "terminal", N_("Terminals"), \
	    N_("workplaces; let a new one in by its code")) \
	X(PRICES,      N_(":prices"),  "promo", N_("Prices"), \
	    N_("price lists, and which one holds now")) \
	X(PROMO_NEW,   N_(":new"),     "promo", N_("New"), \
	    N_("make a new price list or promotion")) \
	X(PROMO_END,   N_(":end"),     "promo", N_("End"), \
	    N_("the marked price list or promotion holds no longer")) \
	X(PROMOTIONS,  N_(":promotions"), "promo", N_("Promos"), \
	    N_("promotions and coupons; make and end them")) \
	X(PRINTERS,    N_(":printers"), "printer", N_("Printers"), \
	    N_("printers, their state, a test page")) \
	X(SPLIT,       N_(":split"),   "pay", N_("Split"), \
	    N_("NUMBER: pay in so many equal shares; 1 ends it")) \
	X(PAY_CAME,    N_(":confirmed"), "pay", N_("Confirmed"), \
	    N_("REFERENCE: the money that was waited for has come")) \
	X(PAY_FAILED,  N_(":failed"),  "pay", N_("Failed"), \
	    N_("the money that was waited for does not come")) \
	X(CUSTOMER,    N_(":customer"), "sell", N_("Customer"), \
	    N_("WORDS: who buys; find one or add one")) \
	X(CUSTOMER_NEW, N_(":new-customer"), "customer", N_("New"), \
	    N_("NAME: a customer who is not known yet")) \
	X(CUSTOMER_EDIT, N_(":edit-customer"), "customer", N_("Details"), \
	    N_("all about the marked customer, to be changed")) \
	X(CUSTOMER_NONE, N_(":nobody"), "sell", N_("Nobody"), \
	    N_("the sale is nobody's again")) \
	X(CUSTOMER_PAY, N_(":collect"), "pay", N_("Collect"), \
	    N_("AMOUNT TENDER: the marked customer pays what is owed")) \
	X(SALE_OPTIONS, N_(":options"), "sell", N_("Options"), \
	    N_("other options for the marked line")) \
	X(SALE_MODE,   N_(":mode"),    "sell", N_("Mode"), \
	    N_("MODE: on the spot, to take away …; the tax goes by it")) \
	X(KEY_TEST,    N_(":keys"),    NULL, N_("Key test"), \
	    N_("show what each key sends")) \
	X(TRAINING,    N_(":training"), NULL, N_("Practice"), \
	    N_("begin or end practising: no sale counts")) \
	X(SHIFT,       N_(":shift"),   "shift", N_("Till"), \
	    N_("Z: this till, its drawer and its closing; or a past Z")) \
	X(FLOAT,       N_(":float"),   "shift", N_("Float"), \
	    N_("AMOUNT: open the till with so much in the drawer")) \
	X(DRAWER_COUNT, N_(":count"),   "shift", N_("Count"), \
	    N_("count the drawer, coin by coin and note by note")) \
	X(X,           N_(":x"),       "shift", N_("X"), \
	    N_("print where the till stands; it goes on")) \
	X(Z,           N_(":z"),       "shift", N_("Z"), \
	    N_("LEFT: close the till; so much stays in the drawer")) \
	X(PAY_IN,      N_(":pay-in"),  "drawer", N_("Pay-in"), \
	    N_("AMOUNT REASON: money into the drawer")) \
	X(PAY_OUT,     N_(":pay-out"), "drawer", N_("Pay-out"), \
	    N_("AMOUNT REASON: money out of the drawer")) \
	X(DROP,        N_(":drop"),    "drawer", N_("Drop"), \
	    N_("AMOUNT: too much money, off to the safe")) \
	X(RETURN,      N_(":return"),  "return", N_("Return"), \
	    N_("TICKET: take goods back; else choose the ticket")) \
	X(RETURN_FREE, N_(":return-without"), "return-free", \
	    N_("No ticket"), \
	    N_("ITEM: take goods back without a ticket")) \
	X(RETURN_ALL,  N_(":all"),     "return", N_("All"), \
	    N_("choose all that is left of the ticket")) \
	X(SCRAP,       N_(":scrap"),   "return", N_("Scrap"), \
	    N_("what comes back on this line is thrown away")) \
	X(CANCEL_TICKET, N_(":cancel-ticket"), "return", N_("Cancel it"), \
	    N_("REASON: cancel the whole ticket by one that says so")) \
	X(GIFT,        N_(":gift"),    "sell", N_("Gift card"), \
	    N_("AMOUNT NUMBER: sell a gift card, or fill that one")) \
	X(VOUCHER,     N_(":voucher"), "sell", N_("Voucher"), \
	    N_("NUMBER: what is on a gift card or credit note")) \
	X(QUICK,       N_(":quick"),   "sell", N_("Quick"), \
	    N_("PAGE: show the quick keys; ; does, too")) \
	X(QUICKKEYS,   N_(":quickkeys"), "quickkey", N_("Arrange"), \
	    N_("here: arrange quick keys, of this till or of all")) \
	X(QUICK_PAGE,  N_(":page"),    "quickkey", N_("Page"), \
	    N_("TITLE: another title for this page, or a new one")) \
	X(PLAN,        N_(":tables"),  "sell", N_("Tables"), \
	    N_("NUMBER: the plan of the rooms; or open that table")) \
	X(PASS,        N_(":pass"),    "kitchen", N_("Pass"), \
	    N_("tables by course: what is ready, what is missing")) \
	X(PASS_CALL,   N_(":runner"),  "kitchen", N_("Call"), \
	    N_("whoever serves the marked table is to fetch it")) \
	X(PASS_SERVE,  N_(":served"),  "kitchen", N_("Served"), \
	    N_("what is ready of the marked table has left")) \
	X(TABLE_SEND,  N_(":send"),    "sell", N_("Send"), \
	    N_("what is new goes to the kitchen")) \
	X(TABLE_FIRE,  N_(":fire"),    "sell", N_("Fire"), \
	    N_("the next course is to be made now; all: all of them")) \
	X(TABLE_COVERS, N_(":covers"), "sell", N_("Covers"), \
	    N_("NUMBER: how many people")) \
	X(TABLE_COURSE, N_(":course"), "sell", N_("Course"), \
	    N_("NUMBER: of the marked line; >2 for what follows")) \
	X(TABLE_SEAT,  N_(":seat"),    "sell", N_("Seat"), \
	    N_("NUMBER: of the marked line; #2 for what follows")) \
	X(TABLE_KEEP,  N_(":wait"),    "sell", N_("Hold line"), \
	    N_("do not send the marked line; once more: send it")) \
	X(TABLE_RUSH,  N_(":rush"),    "sell", N_("Rush"), \
	    N_("this table before the others; once more: no longer")) \
	X(TABLE_MESSAGE, N_(":message"), "sell", N_("Message"), \
	    N_("TEXT: words for the kitchen about this table")) \
	X(TABLE_ALLERGY, N_(":allergy"), "sell", N_("Allergy"), \
	    N_("SEAT TEXT: what a guest must not eat; SEAT alone: none")) \
	X(TABLE_MOVE,  N_(":move"),    "sell", N_("Move"), \
	    N_("TABLE: everybody goes there; merged with who sits there")) \
	X(TABLE_GIVE,  N_(":give"),    "sell", N_("Give line"), \
	    N_("TABLE: the marked line goes on that bill; #2 TABLE: seat 2")) \
	X(TABLE_SERVER, N_(":server"), "sell", N_("Server"), \
	    N_("NAME: who serves this table from now on")) \
	X(TABLE_SPLIT, N_(":divide"),  "sell", N_("Split"), \
	    N_("the bill in parts: seats, items, shares, heads")) \
	X(TABLE_CLEAR, N_(":cleared"), "sell", N_("Cleared"), \
	    N_("paid: they have left; to clean: it is clean")) \
	X(TABLE_BLOCK, N_(":block"),   "sell", N_("Block"), \
	    N_("WHY: nobody sits at the marked table; without: free again")) \
	X(TABLE_JOIN,  N_(":join"),    "sell", N_("Join"), \
	    N_("TABLE: the marked table stands there; without: alone")) \
	X(TAB,         N_(":tab"),     "sell", N_("Bar tab"), \
	    N_("NAME: an account at the bar")) \
	X(TAKE_AWAY,   N_(":takeaway"), "sell", N_("Take-away"), \
	    N_("TIME NAME, TELEPHONE: an order that is fetched")) \
	X(DELIVERY,    N_(":delivery"), "sell", N_("Delivery"), \
	    N_("TIME NAME, TELEPHONE, ADDRESS: an order that is brought")) \
	X(SPLIT_SEATS, N_(":seats"),   "sell", N_("Seats"), \
	    N_("a bill for each seat; what is shared, among them")) \
	X(SPLIT_HEADS, N_(":heads"),   "sell", N_("Heads"), \
	    N_("NUMBER: everything in equal parts, each a bill")) \
	X(SPLIT_SHARES, N_(":shares"), "sell", N_("Shares"), \
	    N_("NUMBER: the marked line in equal shares")) \
	X(SPLIT_WHOLE, N_(":whole"),   "sell", N_("One bill"), \
	    N_("what is not paid is one bill again")) \
	X(BOOKINGS,    N_(":bookings"), "sell", N_("Bookings"), \
	    N_("who has asked for a table, and when")) \
	X(BOOK,        N_(":book"),    "sell", N_("Book"), \
	    N_("TIME COVERS NAME, TELEPHONE, NOTE: a table is asked for")) \
	X(ROOMS,       N_(":rooms"),   "room", N_("Rooms"), \
	    N_("draw rooms and tables")) \
	X(DISH,        N_(":dish"),    "product", N_("Dish"), \
	    N_("NAME PRICE xCOUNT STATION: of today only")) \
	X(SOLD_OUT,    N_(":soldout"), "dish", N_("Sold out"), \
	    N_("CODE COUNT: so many are left; 0 none, - no count")) \
	X(BOOK_END,    N_(":unbook"),  "sell", N_("Cancel"), \
	    N_("the marked guests do not come")) \
	X(BOOK_MISSED, N_(":noshow"),  "sell", N_("No-show"), \
	    N_("the marked guests never came")) \
	X(BOOK_TABLE,  N_(":assign"),  "sell", N_("Table"), \
	    N_("TABLE: kept for the marked guests")) \
	X(ROOM_NEW,    N_(":room"),    "room", N_("New room"), \
	    N_("NAME: another room")) \
	X(ROOM_NAME,   N_(":roomname"), "room", N_("Rename"), \
	    N_("NAME: what this room is called")) \
	X(ROOM_SHAPE,  N_(":shape"),   "room", N_("Shape"), \
	    N_("the table under the mark: square, round, long, bar")) \
	X(ROOM_NUMBER, N_(":number"),  "room", N_("Number"), \
	    N_("NUMBER: what the table under the mark is called")) \
	X(ROOM_REMOVE, N_(":remove"),  "room", N_("Remove"), \
	    N_("the table under the mark is gone")) \
	X(KITCHEN,     N_(":kitchen"), "kitchen", N_("Kitchen"), \
	    N_("STATION: what is to be made there")) \
	X(KITCHEN_READY, N_(":ready"), "kitchen", N_("Ready"), \
	    N_("NUMBER: that tile is made")) \
	X(KITCHEN_START, N_(":start"), "kitchen", N_("Start"), \
	    N_("NUMBER: somebody makes that tile")) \
	X(KITCHEN_PART, N_(":part"),   "kitchen", N_("One dish"), \
	    N_("NUMBER: one dish of that tile is ready")) \
	X(KITCHEN_MOVE, N_(":elsewhere"), "kitchen", N_("Elsewhere"), \
	    N_("NUMBER: another station makes that tile")) \
	X(KITCHEN_FIRST, N_(":priority"), "kitchen", N_("Priority"), \
	    N_("NUMBER: that table before the others; again: no longer")) \
	X(KITCHEN_COUNTS, N_(":totals"), "kitchen", N_("Totals"), \
	    N_("how much of each is to be made now")) \
	X(STOCK,       N_(":stock"),   "look", N_("Stock"), \
	    N_("WORDS: levels, and what wants attention")) \
	X(STOCK_KIND,  N_(":kind"),    "look", N_("Kind"), \
	    N_("the next kind of alert alone")) \
	X(STOCK_COUNT, N_(":stock-count"), "count-stock", N_("Count"), \
	    N_("full, rolling or part: count what is there")) \
	X(COUNT_DIFFER, N_(":differences"), "adjust", N_("Differ"), \
	    N_("what differs, or the entries again")) \
	X(COUNT_AGAIN, N_(":again"),   "adjust", N_("Again"), \
	    N_("what differs is to be counted again")) \
	X(COUNT_CLOSE, N_(":put-right"), "adjust", N_("Put right"), \
	    N_("the count is over: put the stock right")) \
	X(COUNT_PRINT, N_(":sheet"),   "count-stock", N_("Sheet"), \
	    N_("print the sheet to write on")) \
	X(COUNT_LOT,   N_(":count-lot"), "count-stock", N_("Lot"), \
	    N_("LOT DAY: one more of what was counted last, of that lot")) \
	X(TRANSFER,    N_(":transfer"), "transfer", N_("Transfer"), \
	    N_("STORE or NUMBER: goods between stores")) \
	X(TRANSFER_GO, N_(":go"),      "transfer", N_("Go"), \
	    N_("it leaves; or all of it has come")) \
	X(TRANSFER_LOST, N_(":lost"),  "transfer", N_("Lost"), \
	    N_("what has not come is lost")) \
	X(PURCHASES,   N_(":purchases"), "purchase", N_("Purchases"), \
	    N_("orders to suppliers; receive what came")) \
	X(SUPPLIERS,   N_(":suppliers"), "purchase", N_("Suppliers"), \
	    N_("who sells to the shop, and what is owed")) \
	X(SUPPLIER_EDIT, N_(":supplier"), "purchase", N_("Details"), \
	    N_("all about the marked supplier, to be changed")) \
	X(SELLS_DROP,  N_(":not-sold"), "purchase", N_("Not sold"), \
	    N_("they do not sell us the marked item any more")) \
	X(INTAKE_NEW,  N_(":receive"), "purchase", N_("Receive"), \
	    N_("what the marked supplier brought without an order")) \
	X(INTAKE_BACK, N_(":send-back"), "purchase", N_("Send back"), \
	    N_("WHY: goods back to the marked supplier")) \
	X(BILLS,       N_(":bills"),   "purchase", N_("Invoices"), \
	    N_("suppliers' invoices, by the day they are due")) \
	X(BILL_PAID,   N_(":bill-paid"), "purchase", N_("Paid"), \
	    N_("the marked invoice is paid")) \
	X(BILL_WHICH,  N_(":which"),   "purchase", N_("Which"), \
	    N_("those that are paid, or are to be")) \
	X(ORDER_DUE,   N_(":awaited"), "purchase", N_("Awaited"), \
	    N_("what was ordered and has not come, by its day")) \
	X(ORDER_SEND,  N_(":send-order"), "purchase", N_("Send"), \
	    N_("number and print the marked order; ! below the least")) \
	X(PROPOSE,     N_(":propose"), "purchase", N_("Propose"), \
	    N_("fill the orders by what runs out")) \
	X(ORDER_LINES, N_(":order-lines"), "purchase", N_("Lines"), \
	    N_("what is on the marked order")) \
	X(ORDER_CLOSE, N_(":close-order"), "purchase", N_("Close"), \
	    N_("wait for nothing more on the marked order")) \
	X(INTAKE_FILL, N_(":came"),    "purchase", N_("All came"), \
	    N_("all came as ordered")) \
	X(INTAKE_LOT,  N_(":lot"),     "purchase", N_("Lot"), \
	    N_("LOT DAY: one more of the marked item, out of that lot")) \
	X(INTAKE_COSTS, N_(":costs"),  "purchase", N_("Costs"), \
	    N_("AMOUNT: freight, duty, spread over what came")) \
	X(INTAKE_NOTE, N_(":delivery-note"), "purchase", N_("Delivery"), \
	    N_("NUMBER: of their delivery note")) \
	X(LABEL,       N_(":label"),   "product", N_("Label"), \
	    N_("COUNT: print labels of this item; item COUNT the small ones")) \
	X(LABELS,      N_(":labels"),  "product", N_("Tags"), \
	    N_("gather labels and print them, on a roll or on sheets")) \
	X(LABEL_KIND,  N_(":label-kind"), "product", N_("Kind"), \
	    N_("labels of the shelf, or of the item")) \
	X(LABEL_SHEET, N_(":label-sheet"), "product", N_("Sheet"), \
	    N_("NAME: the sheets they print on; else the next one")) \
	X(LABEL_START, N_(":label-start"), "product", N_("Begin at"), \
	    N_("NUMBER: the first label of the sheet not used yet")) \
	X(LABEL_DROP,  N_(":label-none"), "product", N_("None"), \
	    N_("no label of the marked item")) \
	X(LABEL_LOOK,  N_(":label-look"), "product", N_("Look"), \
	    N_("what would be printed")) \
	X(LABEL_RECEIPT, N_(":label-receipt"), "product", N_("Receipt"), \
	    N_("NUMBER: labels of what came")) \
	X(LABEL_CHANGED, N_(":label-changed"), "product", N_("Changed"), \
	    N_("DAY: labels of what has another price since")) \
	X(ARCHIVE,     N_(":archive"), "product", N_("Archive"), \
	    N_("no longer sold, or sold again")) \
	X(OWN_BARCODE, N_(":barcode"), "product", N_("Own code"), \
	    N_("give this item a barcode of the shop's own"))

#endif
