#!/bin/sh
# prune.sh ENVIRONMENT: takes out of its packages what the desk never opens; deploy/Dockerfile runs it, and then the desk.
set -eu
cd "$1"/lib/python3*/site-packages

# Tests of packages, their windows, and what is there for compilers and type checkers.
find . -type d \( -name test -o -name tests \) -prune -exec rm -r {} +
rm -r sqlalchemy/testing nltk/app nltk/draw numpy/f2py numpy/distutils
find . -type f \( -name '*.p[xy][dix]' -o -name '*.[ach]' -o -name '*.[ch]pp' \) -delete

# Names of countries and languages in other languages, how each writes dates and money, sentences of web forums, and how
# some 250 programming languages are coloured: courlan, sumy, punkt and rich have a use for them, and the desk none.
rm -r pycountry/locales punkt/data/english_web.py
find pygments/lexers -name '*.py' ! -name __init__.py ! -name _mapping.py -delete
find babel/locale-data -type f ! -name root.dat ! -name 'en*.dat' -delete

# Symbols for debuggers, some 29 MB. Libraries that packages bring from elsewhere lie in *.libs and stay: they were
# edited by patchelf, which strip does not always survive.
find . -name '*.so' ! -path './*.libs/*' -exec strip --strip-unneeded {} +
