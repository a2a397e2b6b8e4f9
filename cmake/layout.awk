# awk -f layout.awk -v include=DIR MODULE.cpp: the hash of what a module's state is made of, as a C macro.
# Equal hashes: after a reload the new code may go on with the old state. So what counts is the text of the data
# members, of the types they are made of (also in chronus/dsp), of whole-number constants, and of `prepare`,
# which decides the size of the memory that members point to. All other functions may change.
# Comments, line breaks and spaces do not count.

BEGIN {
    for (i = 1; i < 256; i++) code[sprintf("%c", i)] = i
    kept = ""
    for (i = 1; i < ARGC; i++) read_file(ARGV[i])
    # Two polynomials: products stay below 2^53, the whole numbers that every awk has.
    high = low = 7
    for (i = 1; i <= length(kept); i++) {
        c = code[substr(kept, i, 1)]
        high = (high * 1000003 + c) % 2147483647
        low = (low * 69069 + c) % 2147483629
    }
    if (text) print kept
    else printf "#define CHRONUS_LAYOUT 0x%08x%08xULL\n", high, low
}

# Lines that the preprocessor takes are left out, but for constants; headers of chronus/dsp are read in their place.
function read_file(name,    line, text, header, n) {
    if (name in seen) return
    seen[name] = 1
    text = ""
    while ((n = (getline line < name)) > 0) {
        if (line ~ /^[ \t]*#[ \t]*include[ \t]*<chronus\/dsp\//) {
            header = line
            sub(/^[^<]*</, "", header)
            sub(/>.*$/, "", header)
            read_file(include "/" header)
        } else if (line ~ /^[ \t]*#[ \t]*define[ \t]+[A-Za-z_0-9]+[ \t]+[0-9]/) {
            keep(line)
        } else if (line !~ /^[ \t]*#/) {
            text = text line "\n"
        }
    }
    if (n < 0) {
        print name ": cannot be read" > "/dev/stderr"
        exit 1
    }
    close(name)
    walk(uncommented(text))
}

# Comments become a space each; text in quotes stays as it is, without braces and semicolons.
function uncommented(text,    out, end, quote) {
    out = ""
    while (match(text, /\/\/|\/\*|"|'/)) {
        out = out substr(text, 1, RSTART - 1)
        quote = substr(text, RSTART, RLENGTH)
        text = substr(text, RSTART + RLENGTH)
        if (quote == "//") {
            end = index(text, "\n")
            out = out " "
            text = end ? substr(text, end) : ""
        } else if (quote == "/*") {
            end = index(text, "*/")
            out = out " "
            text = end ? substr(text, end + 2) : ""
        } else if (quote == "'" && out ~ /[0-9a-fA-F]$/) {
            continue  # 48'000
        } else {
            while (text != "" && substr(text, 1, 1) != quote) {
                end = substr(text, 1, 1) == "\\" ? 2 : 1
                text = substr(text, end + 1)
            }
            text = substr(text, 2)
            out = out "0"
        }
    }
    return out text
}

# Goes through the declarations of all scopes: of the file, of namespaces and of types.
function walk(text,    c, s, n, i, body) {
    s = ""
    n = length(text)
    for (i = 1; i <= n; i++) {
        c = substr(text, i, 1)
        if (c == ";") {
            if (counts(s)) keep(s)
            s = ""
        } else if (c == "}") {
            s = ""  # the end of a scope
        } else if (c != "{") {
            s = s c
        } else if (opens_scope(s)) {
            if (s !~ /(^|[^A-Za-z0-9_])(namespace|extern)([^A-Za-z0-9_]|$)/) keep(s)
            s = ""
        } else {
            # A function's body, which ends a declaration; or an initialiser or a list of names, which does not.
            body = braces(text, i)
            i += length(body) - 1
            if (!is_function(s)) s = s body
            else {
                if (s ~ /[^A-Za-z0-9_]prepare[ \t\n]*\(/) keep(s body)
                s = ""
            }
        }
    }
}

# The text from the brace at `from` to the one that closes it.
function braces(text, from,    i, c, depth) {
    depth = 0
    for (i = from; i <= length(text); i++) {
        c = substr(text, i, 1)
        if (c == "{") depth++
        else if (c == "}" && --depth == 0) break
    }
    return substr(text, from, i - from + 1)
}

function opens_scope(s) {
    return !is_function(s) && s !~ /=/ && \
        s ~ /(^|[^A-Za-z0-9_])(struct|class|union|namespace|extern)([^A-Za-z0-9_]|$)/ && \
        s !~ /(^|[^A-Za-z0-9_])enum[^A-Za-z0-9_]/
}

# A function has its bracket before any initialiser. A list of members' initialisers goes on after one.
function is_function(s) {
    if (s ~ /^[ \t\n]*$/ || s ~ /^[ \t\n]*,/) return 1
    if (s ~ /(^|[^A-Za-z0-9_])operator[^A-Za-z0-9_]/) return 1
    gsub(/(alignas|decltype|__attribute__)[ \t\n]*\(+[^()]*\)+/, " ", s)
    sub(/^[ \t\n]*template[ \t\n]*<[^{]*>[ \t\n]*/, "", s)
    sub(/[={\[].*$/, "", s)
    return s ~ /\(/
}

function counts(s) {
    if (s ~ /^[ \t\n]*$/ || is_function(s)) return 0
    if (s ~ /(^|[^A-Za-z0-9_])(friend|static_assert|using[ \t\n]+namespace)([^A-Za-z0-9_]|$)/) return 0
    if (s !~ /(^|[^A-Za-z0-9_])(static|constexpr|const)[^A-Za-z0-9_]/) return 1
    # Of constants those that may be the size of something. Tuning a number with a fraction changes no state.
    sub(/[={\[].*$/, "", s)
    return s ~ /(^|[^A-Za-z0-9_])(int|unsigned|long|short|auto|u?int[0-9]+_t|size_t)[^A-Za-z0-9_]/
}

# Adds a declaration without the spaces that mean nothing.
function keep(s,    i, c, gap, last) {
    gsub(/[ \t\r\n]+/, " ", s)
    sub(/^ ?(public|private|protected) ?: ?/, "", s)
    gap = 0
    last = ";"
    for (i = 1; i <= length(s); i++) {
        c = substr(s, i, 1)
        if (c == " ") { gap = 1; continue }
        if (gap && last ~ /[A-Za-z0-9_]/ && c ~ /[A-Za-z0-9_]/) kept = kept " "
        kept = kept c
        last = c
        gap = 0
    }
    kept = kept ";"
}
