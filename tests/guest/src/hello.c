// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The program that the walk-through and the tests sign and run. It is static
 * so that one file, and no library, is what IMA appraises.
 */
#include <stdio.h>

int main(void)
{
	puts("hello from a program that the kernel let run");
	return 0;
}
