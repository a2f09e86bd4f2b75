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
#define ARCHIVE_SPKI_SIZE	12
static const unsigned char	archive_spki[ARCHIVE_SPKI_SIZE] = {
	0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00
};

#endif
