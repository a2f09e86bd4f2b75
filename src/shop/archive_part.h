/* SPDX-License-Identifier: ISC */
/* The names both sides of an archive know; nobody else includes this. */
#ifndef SHOP_ARCHIVE_PART_H
#define SHOP_ARCHIVE_PART_H

#define ARCHIVE_MANIFEST	"MANIFEST"
#define ARCHIVE_SIGNATURE	"MANIFEST.sig"
#define ARCHIVE_KEY		"PUBLIC-KEY.pem"
#define ARCHIVE_README		"README.txt"
#define ARCHIVE_JOURNAL		"journal.csv"
#define ARCHIVE_KEYS		"keys.csv"
#define ARCHIVE_TICKETS		"tickets.csv"
#define ARCHIVE_LINES		"lines.csv"
#define ARCHIVE_TAXES		"taxes.csv"
#define ARCHIVE_PAYMENTS	"payments.csv"
#define ARCHIVE_TOTALS		"totals.csv"
#define ARCHIVE_TOTAL_TAXES	"total-taxes.csv"
#define ARCHIVE_DUPLICATES	"duplicates.csv"
#define ARCHIVE_EVENTS		"jet.csv"
#define ARCHIVE_PEOPLE		"people.csv"

/* An Ed25519 key as openssl reads it: this, then its 32 bytes. */
#define ARCHIVE_SPKI \
	"\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00"
#define ARCHIVE_SPKI_SIZE	12

#endif
