// SPDX-License-Identifier: GPL-2.0-or-later
#include <err.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "format.h"
#include "tool.h"

char *format_hex(char text[HEX_MAX], const uint8_t *data, size_t len)
{
	size_t i;

	text[0] = '\0';
	for (i = 0; i < len && i < HEX_MAX / 2; i++)
		snprintf(text + 2 * i, 3, "%02x", data[i]);
	return text;
}

char *format_date(char text[DATE_MAX], uint64_t seconds)
{
	time_t time = (time_t)seconds;
	struct tm tm;

	if (seconds > INT64_MAX || !gmtime_r(&time, &tm) ||
	    !strftime(text, DATE_MAX, "%Y-%m-%d", &tm))
		strcpy(text, "-");
	return text;
}

void table_add(struct table *table, const char *format, ...)
{
	size_t n = table->used;
	va_list ap;
	char *cell;
	int rc;

	va_start(ap, format);
	rc = vasprintf(&cell, format, ap);
	va_end(ap);
	table->cells = rc < 0 ? NULL :
				reallocarray(table->cells, n + 1,
					     sizeof(*table->cells));
	if (!table->cells)
		errx(EXIT_FAILED, "out of memory");
	table->cells[n] = cell;
	table->used++;
}

void table_print(struct table *table)
{
	size_t width[TABLE_COLUMNS] = { 0 };
	size_t i, column, len;

	for (i = 0; i < table->used; i++) {
		len = strlen(table->cells[i]);
		column = i % table->columns;
		if (len > width[column])
			width[column] = len;
	}
	for (i = 0; i < table->used; i++) {
		column = i % table->columns;
		if (column == table->columns - 1)
			printf("%s\n", table->cells[i]);
		else
			printf("%-*s  ", (int)width[column], table->cells[i]);
		free(table->cells[i]);
	}
	free(table->cells);
	table->cells = NULL;
	table->used = 0;
}
