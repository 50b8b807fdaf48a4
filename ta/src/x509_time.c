// SPDX-License-Identifier: GPL-2.0-or-later
#include "x509_time.h"

/* A UTCTime knows the years from 1950 to 2049. */
#define UTC_FIRST 1950
#define UTC_LAST  2049

struct date {
	unsigned int year;
	unsigned int month;
	unsigned int day;
	unsigned int hour;
	unsigned int minute;
	unsigned int second;
};

static bool take_number(struct slice *text, size_t digits, unsigned int *number)
{
	*number = 0;
	if (text->len < digits)
		return false;
	for (; digits; digits--) {
		if (*text->data < '0' || *text->data > '9')
			return false;
		*number = *number * 10 + (*text->data - '0');
		text->data++;
		text->len--;
	}
	return true;
}

static bool take_year(struct slice *text, uint8_t tag, unsigned int *year)
{
	if (tag == DER_UTC_TIME) {
		if (!take_number(text, 2, year))
			return false;
		*year += *year < UTC_FIRST % 100 ? 2000 : 1900;
		return true;
	}
	return tag == DER_GENERALIZED_TIME && take_number(text, 4, year) &&
	       (*year < UTC_FIRST || *year > UTC_LAST);
}

static bool is_leap(unsigned int year)
{
	return (!(year % 4) && year % 100) || !(year % 400);
}

static bool is_date(const struct date *date)
{
	static const uint8_t days[] = { 31, 28, 31, 30, 31, 30,
					31, 31, 30, 31, 30, 31 };
	unsigned int last = 0;

	if (date->year < 1970 || date->month < 1 || date->month > 12)
		return false;
	last = days[date->month - 1];
	if (date->month == 2 && is_leap(date->year))
		last++;
	return date->day >= 1 && date->day <= last && date->hour < 24 &&
	       date->minute < 60 && date->second < 60;
}

static uint64_t to_seconds(const struct date *date)
{
	/* Years begin in March here, so that a leap day is the last of one. */
	const uint64_t year = date->year - (date->month <= 2);
	const uint64_t month = (date->month + 9) % 12;
	const uint64_t days = 365 * year + year / 4 - year / 100 + year / 400 +
			      (153 * month + 2) / 5 + date->day - 1;

	/* 719468 days lie between 0000-03-01 and 1970-01-01. */
	return ((days - 719468) * 24 + date->hour) * 3600 + date->minute * 60 +
	       date->second;
}

bool x509_time_take(struct slice *in, uint64_t *seconds)
{
	struct der_item item = { 0 };
	struct date date = { 0 };
	struct slice *text = &item.value;

	if (!der_next(in, &item) || !take_year(text, item.tag, &date.year) ||
	    !take_number(text, 2, &date.month) ||
	    !take_number(text, 2, &date.day) ||
	    !take_number(text, 2, &date.hour) ||
	    !take_number(text, 2, &date.minute) ||
	    !take_number(text, 2, &date.second) || !slice_is(*text, "Z", 1) ||
	    !is_date(&date))
		return false;
	*seconds = to_seconds(&date);
	return true;
}
