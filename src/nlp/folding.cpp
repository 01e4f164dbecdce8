#include "nlp/folding.h"

#include <array>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>

namespace handrail::nlp {

namespace {

char32_t plain_sign(char32_t c)
{
    switch (c) {
    case 0x2018:
    case 0x2019:
    case 0x02BC:
    case 0x2032:
    case 0x00B4:
    case 0x0060:
    case 0x02B9:
    case 0x201B:
    case 0xFF07:
    case 0x02BB:
    case 0x055A:
    case 0x2035:
        return U'\'';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212:
    case 0xFE58:
        return U'-';
    case 0x2026:
        return U'.';
    case 0x3002:
        return U'.';
    case 0x00BF:
    case 0x00A1:
        return U' ';
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x00AB:
    case 0x00BB:
    case 0x300C:
    case 0x300D:
    case 0x2033:
        return U'"';
    default:
        return c;
    }
}

void fold_rare(char32_t c, std::u32string& out)
{
    // Regional indicators and the squared and circled letters that NFKD leaves alone are read as letters.
    if (c >= 0x1F1E6 && c <= 0x1F1FF)
        return out.push_back(U'a' + (c - 0x1F1E6));
    for (const char32_t first : {0x1F150U, 0x1F170U})
        if (c >= first && c < first + 26)
            return out.push_back(U'a' + (c - first));
    if (const auto plain = plain_sign(c); plain != c)
        return out.push_back(plain);
    const auto point = static_cast<UChar32>(c);
    if (u_hasBinaryProperty(point, UCHAR_DEFAULT_IGNORABLE_CODE_POINT))
        return;
    UErrorCode status = U_ZERO_ERROR;
    static const UNormalizer2* const nfkd = unorm2_getNFKDInstance(&status);
    std::array<UChar, 40> apart{};
    const auto length = unorm2_getDecomposition(nfkd, point, apart.data(), static_cast<int32_t>(apart.size()), &status);
    const auto take = [&](UChar32 part) {
        const auto type = u_charType(part);
        if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK)
            return;
        if (part == 0x00DF) { // sharp s
            out += U"ss";
            return;
        }
        if (u_hasBinaryProperty(part, UCHAR_WHITE_SPACE) && part != '\n') {
            out.push_back(U' ');
            return;
        }
        auto lower = static_cast<char32_t>(u_foldCase(part, U_FOLD_CASE_DEFAULT));
        switch (lower) { // letters that have no decomposition and are still written for a plain one
        case 0x00F8:
            lower = U'o';
            break;
        case 0x0142:
            lower = U'l';
            break;
        case 0x0111:
            lower = U'd';
            break;
        case 0x0131:
            lower = U'i';
            break;
        case 0x0153:
            out += U"oe";
            return;
        case 0x00E6:
            out += U"ae";
            return;
        default:
            break;
        }
        out.push_back(plain_sign(lower));
    };
    if (U_FAILURE(status) || length < 0) {
        take(point);
        return;
    }
    for (int32_t at = 0; at < length;) {
        UChar32 part = 0;
        U16_NEXT(apart.data(), at, length, part);
        take(part);
    }
}

/// Everything below U+0250 (European Latin) is looked up.
struct CommonFolds {
    std::array<std::u32string, 0x250> forms;
    CommonFolds()
    {
        for (char32_t c = 0; c < forms.size(); ++c) {
            if (c == U'\t' || c == U'\v' || c == U'\f')
                forms[c] = U" ";
            else if (c == U'\r')
                forms[c] = U"\n";
            else if (c == U'`')
                forms[c] = U"'";
            else if (c < 0x80)
                forms[c] = std::u32string(1, c < 0x20 && c != U'\n' ? U' ' : c);
            else
                fold_rare(c, forms[c]);
        }
    }
};

} // namespace

std::u32string code_points_of(std::string_view utf8)
{
    std::u32string out;
    read_code_points(utf8, out);
    return out;
}

void read_code_points(std::string_view utf8, std::u32string& out)
{
    const auto* bytes = reinterpret_cast<const unsigned char*>(utf8.data());
    const auto size = utf8.size();
    std::size_t at = 0;
    while (at < size && bytes[at] < 0x80)
        ++at;
    out.assign(bytes, bytes + at); // most texts end here
    out.reserve(size);
    while (at < size) {
        const unsigned lead = bytes[at];
        if (lead < 0x80) {
            out.push_back(lead);
            ++at;
            continue;
        }
        const unsigned more = lead >= 0xF0 && lead < 0xF5 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC2 ? 1 : 0;
        char32_t point = more == 3 ? lead & 7U : more == 2 ? lead & 15U : lead & 31U;
        bool good = more > 0 && lead < 0xF5 && at + more < size;
        for (unsigned i = 1; good && i <= more; ++i) {
            good = (bytes[at + i] & 0xC0U) == 0x80U;
            point = (point << 6U) | (bytes[at + i] & 0x3FU);
        }
        good = good && !(more == 2 && (point < 0x800 || (point >= 0xD800 && point < 0xE000))) &&
               !(more == 3 && (point < 0x10000 || point > 0x10FFFF));
        out.push_back(good ? point : 0xFFFD);
        at += good ? more + 1 : 1;
    }
}

void append_utf8(std::string& out, char32_t c)
{
    if (c < 0x80) {
        out.push_back(static_cast<char>(c));
    } else if (c < 0x800) {
        out.push_back(static_cast<char>(0xC0U | (c >> 6U)));
        out.push_back(static_cast<char>(0x80U | (c & 0x3FU)));
    } else if (c < 0x10000) {
        out.push_back(static_cast<char>(0xE0U | (c >> 12U)));
        out.push_back(static_cast<char>(0x80U | ((c >> 6U) & 0x3FU)));
        out.push_back(static_cast<char>(0x80U | (c & 0x3FU)));
    } else {
        out.push_back(static_cast<char>(0xF0U | (c >> 18U)));
        out.push_back(static_cast<char>(0x80U | ((c >> 12U) & 0x3FU)));
        out.push_back(static_cast<char>(0x80U | ((c >> 6U) & 0x3FU)));
        out.push_back(static_cast<char>(0x80U | (c & 0x3FU)));
    }
}

void fold_other(char32_t c, std::u32string& out)
{
    static const CommonFolds common;
    if (c < common.forms.size())
        out += common.forms[c];
    else
        fold_rare(c, out);
}

std::string folded(std::string_view word)
{
    std::u32string out;
    for (const auto c : code_points_of(word))
        fold(c, out);
    std::string utf8;
    for (const auto c : out)
        append_utf8(utf8, c);
    return utf8;
}

Script script_of(char32_t c)
{
    if (c < 0x80)
        return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') ? Script::Latin : Script::None;
    const auto point = static_cast<UChar32>(c);
    if (!u_isalpha(point))
        return Script::None;
    UErrorCode status = U_ZERO_ERROR;
    const auto script = uscript_getScript(point, &status);
    if (script == USCRIPT_LATIN)
        return Script::Latin;
    return script == USCRIPT_COMMON || script == USCRIPT_INHERITED ? Script::None : Script::Other;
}

} // namespace handrail::nlp
