# -*- coding: latin-1 -*-
import sys ; from math import gcd

STEP = 1 ; LABEL = "größe"      # module constants, two on a line

def cycle_length ( n ) :
	'''Length of the period of 1/n.'''
	while n % 2 == 0 : n //= 2
	while n % 5 == 0 : n //= 5
	if n == 1 : return 0
	rest = 10 % n; length = 1
	while rest != 1:
		rest = \
			rest * 10 \
			% n
		length += 1
	return length

def periods(numbers):
	out = []    # filled below
	for n in numbers :  # comment behind the header
		# comment at the start of the body

		length = cycle_length (
			n,          # comment within the call
		)

		if (length   # not interesting
		        == 0): continue
		out . append ( ( n
		               , length ) )   # comment behind the append
		# comment at the end of the body
	# comment behind the loop
	return out

if __name__ == '__main__':
	first, last = int(sys.argv[1]), int(sys.argv[2])
	for n, length in periods(list(range(first, last, STEP))): print(n, length, end='; ')
	print()
	print(ascii(LABEL), gcd(first, last))
