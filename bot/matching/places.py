"""Countries by region and continent, after the UN's M49 and ISO 3166 alpha-2 (Kosovo as XK.

Taiwan with eastern Asia).
"""

from types import MappingProxyType


_TABLE = """
AF northern-africa DZ EG EH LY MA SD TN
AF eastern-africa BI DJ ER ET IO KE KM MG MU MW MZ RE RW SC SO SS TF TZ UG YT ZM ZW
AF middle-africa AO CD CF CG CM GA GQ ST TD
AF southern-africa BW LS NA SZ ZA
AF western-africa BF BJ CI CV GH GM GN GW LR ML MR NE NG SH SL SN TG
NA caribbean AG AI AW BB BL BQ BS CU CW DM DO GD GP HT JM KN KY LC MF MQ MS PR SX TC TT VC VG VI
NA central-america BZ CR GT HN MX NI PA SV
NA northern-america BM CA GL PM US
SA south-america AR BO BR BV CL CO EC FK GF GS GY PE PY SR UY VE
AN antarctica AQ
AS central-asia KG KZ TJ TM UZ
AS eastern-asia CN HK JP KP KR MN MO TW
AS south-eastern-asia BN ID KH LA MM MY PH SG TH TL VN
AS southern-asia AF BD BT IN IR LK MV NP PK
AS western-asia AE AM AZ BH CY GE IL IQ JO KW LB OM PS QA SA SY TR YE
EU eastern-europe BG BY CZ HU MD PL RO RU SK UA
EU northern-europe AX DK EE FI FO GB GG IE IM IS JE LT LV NO SE SJ
EU southern-europe AD AL BA ES GI GR HR IT ME MK MT PT RS SI SM VA XK
EU western-europe AT BE CH DE FR LI LU MC NL
OC australia-and-new-zealand AU CC CX HM NF NZ
OC melanesia FJ NC PG SB VU
OC micronesia FM GU KI MH MP NR PW UM
OC polynesia AS CK NU PF PN TK TO TV WF WS
"""

_ROWS = [line.split() for line in _TABLE.strip().splitlines()]
REGION = MappingProxyType({code: row[1] for row in _ROWS for code in row[2:]})
CONTINENT = MappingProxyType({code: row[0] for row in _ROWS for code in row[2:]})
COUNTRIES = frozenset(REGION)
CONTINENTS = frozenset(CONTINENT.values())
REGIONS = frozenset(REGION.values())
