# The tests that Bun and Node run too: all but the type tests, which are a matter of compilers, and those of Deno's own.
find ./test -name node_modules -prune -o -path ./test/types -prune -o \
  -name '*_test.ts' ! -name '*_deno_test.ts' -print | sort
