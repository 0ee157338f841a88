"""The part of the world that a country is counted with: a country itself would say too much."""

from __future__ import annotations

from stillmine.facts import place_of

EUROPEAN_UNION, ELSEWHERE = "european-union", "elsewhere"
_CODES = {
    "europe": "AD AL AX BA BY CH FO GB GG GI IM IS JE LI MC MD ME MK NO RS RU SJ SM UA VA XK",
    "north-america": "BM CA GL PM US",
    "latin-america": (
        "AG AI AR AW BB BL BO BQ BR BS BZ CL CO CR CU CW DM DO EC FK GD GF GP GS GT GY HN HT JM "
        "KN KY LC MF MQ MS MX NI PA PE PR PY SR SV SX TC TT UY VC VE VG VI"
    ),
    "africa": (
        "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW KE KM LR LS LY MA "
        "MG ML MR MU MW MZ NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TG TN TZ UG YT ZA ZM ZW"
    ),
    "asia": (
        "AE AF AM AZ BD BH BN BT CN CY GE HK ID IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK MM "
        "MN MO MV MY NP OM PH PK PS QA SA SG SY TH TJ TL TM TR TW UZ VN YE"
    ),
    "oceania": (
        "AS AU CC CK CX FJ FM GU KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV UM VU WF WS"
    ),
}
REGIONS = (EUROPEAN_UNION, *_CODES, ELSEWHERE)
_REGION = {code: region for region, codes in _CODES.items() for code in codes.split()}


def region_of(country: str) -> str:
    """Return the part of the world of a country, or of a part of one, by its code."""
    code = country.partition("-")[0].upper()
    place = place_of(code)
    if place is not None and place.in_union:
        return EUROPEAN_UNION
    return _REGION.get(code, ELSEWHERE)
