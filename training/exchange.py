"""Sides exchanged: names of countries, peoples and groups replaced by others, word for word.

A reading must not depend on whose side is speaking. Now and then a window is read with other names
in it, all consistently replaced, so that the model learns from what is said and not from whom.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

COUNTRIES = """
Afghanistan Afghan Kabul | Albania Albanian Tirana | Algeria Algerian Algiers
Angola Angolan Luanda | Argentina Argentine Tandil | Armenia Armenian Yerevan
Austria Austrian Vienna | Azerbaijan Azerbaijani Baku | Bahrain Bahraini Manama
Bangladesh Bangladeshi Dhaka | Belarus Belarusian Minsk | Belgium Belgian Brussels
Bolivia Bolivian Sucre | Bosnia Bosnian Sarajevo | Brazil Brazilian Brasilia
Bulgaria Bulgarian Sofia | Burundi Burundian Bujumbura | Cambodia Cambodian Battambang
Cameroon Cameroonian Yaounde | Canada Canadian Ottawa | Chad Chadian Abeche
Chile Chilean Santiago | China Chinese Beijing | Colombia Colombian Bogota
Congo Congolese Kinshasa | Croatia Croatian Zagreb | Cuba Cuban Havana | Cyprus Cypriot Nicosia
Denmark Danish Copenhagen | Ecuador Ecuadorean Quito | Egypt Egyptian Cairo
Eritrea Eritrean Asmara | Ethiopia Ethiopian Addis | Finland Finnish Helsinki
France French Paris | Georgia Georgian Tbilisi | Germany German Berlin | Ghana Ghanaian Accra
Greece Greek Athens | Guatemala Guatemalan Quetzaltenango | Haiti Haitian Jacmel
Honduras Honduran Tegucigalpa | Hungary Hungarian Budapest | India Indian Delhi
Indonesia Indonesian Jakarta | Iran Iranian Tehran | Iraq Iraqi Baghdad | Ireland Irish Dublin
Israel Israeli Jerusalem | Italy Italian Rome | Japan Japanese Tokyo | Jordan Jordanian Amman
Kazakhstan Kazakh Astana | Kenya Kenyan Nairobi | Kosovo Kosovar Pristina | Kuwait Kuwaiti Jahra
Kyrgyzstan Kyrgyz Bishkek | Laos Laotian Vientiane | Lebanon Lebanese Beirut
Liberia Liberian Monrovia | Libya Libyan Tripoli | Macedonia Macedonian Skopje
Malaysia Malaysian Putrajaya | Mali Malian Bamako | Mauritania Mauritanian Nouakchott
Mexico Mexican Guadalajara | Moldova Moldovan Chisinau | Morocco Moroccan Rabat
Mozambique Mozambican Maputo | Myanmar Burmese Naypyidaw | Nepal Nepalese Kathmandu
Nicaragua Nicaraguan Managua | Niger Nigerien Niamey | Nigeria Nigerian Abuja
Norway Norwegian Oslo | Pakistan Pakistani Islamabad | Palestine Palestinian Ramallah
Peru Peruvian Lima | Philippines Filipino Manila | Poland Polish Warsaw
Portugal Portuguese Lisbon | Qatar Qatari Doha | Romania Romanian Bucharest
Russia Russian Moscow | Rwanda Rwandan Kigali | Senegal Senegalese Dakar
Serbia Serbian Belgrade | Somalia Somali Mogadishu | Spain Spanish Madrid
Sudan Sudanese Khartoum | Sweden Swedish Stockholm | Syria Syrian Damascus
Taiwan Taiwanese Taipei | Tajikistan Tajik Dushanbe | Tanzania Tanzanian Dodoma
Thailand Thai Bangkok | Tunisia Tunisian Tunis | Turkey Turkish Ankara | Uganda Ugandan Kampala
Ukraine Ukrainian Kyiv | Uzbekistan Uzbek Tashkent | Venezuela Venezuelan Caracas
Vietnam Vietnamese Hanoi | Yemen Yemeni Sanaa | Zambia Zambian Lusaka
Zimbabwe Zimbabwean Harare | America American Washington | Britain British London
"""
"""A country, its people and its seat of government, one word each."""

GROUPS = (
    "Hamas Hezbollah Taliban Houthis Fatah Naxalites Maoists Chechens Kurds Hutus Tutsis Shiites"
    " Sunnis Contras Sandinistas Daesh Islamists Zapatistas Tuareg Tamils Karens Kachins Moros"
    " Janjaweed Peshmerga Polisario Renamo Unita Mujahideen Wagner Azov Gaddafists Houthis"
).split()
SHORT = "IDF RSF SDF PKK FARC ELN LTTE IRA ETA FMLN LRA FDLR KNU YPG PLO ISIS SAF NATO".split()
OUTLETS = (
    "Reuters SANA Xinhua TASS Tasnim Anadolu Fars Interfax Sputnik Yonhap Suna IRNA Mehr Petra Wafa"
).split()

_ROWS = [
    entry.split() for line in COUNTRIES.strip().splitlines() for entry in line.split("|") if entry
]
_KIND: dict[str, tuple[int, int]] = {}
for _row, _names in enumerate(_ROWS):
    for _place, _name in enumerate(_names):
        _KIND.setdefault(_name, (_row, _place))
_SETS = [GROUPS, SHORT, OUTLETS]


def exchange(words: Sequence[str], rng: random.Random) -> list[str]:
    """The words with their countries, groups and outlets exchanged for others."""
    rows: dict[int, int] = {}
    others: dict[str, str] = {}
    result = []
    for word in words:
        base = word.capitalize() if word.isupper() and len(word) > 4 else word
        suffix = ""
        if base not in _KIND and base.endswith("s") and base[:-1] in _KIND:
            base, suffix = base[:-1], "s"
        if base in _KIND:
            row, place = _KIND[base]
            chosen = rows.setdefault(row, rng.randrange(len(_ROWS)))
            new = _ROWS[chosen][place] + suffix
            result.append(new.upper() if word.isupper() and len(word) > 4 else new)
            continue
        group = next((names for names in _SETS if word in names), None)
        result.append(others.setdefault(word, rng.choice(group)) if group else word)
    return result
