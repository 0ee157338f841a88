"""What a letter denies is not said by it, in any language: one sentence turned round at a time."""

import pytest

from stillmine.act.notices import check_text, regime_of
from tests.act.notices.letters import whole

_GROUND = "unlawfully. I object to it. If I ever gave consent, I withdraw consent now."
_DOUBT = "Ich glaube in gutem Glauben nicht"
# Language, kind of letter, the element, what our letter says, and the contrary of it.
_TURNED = [
    ("en", "gb-osa", "standing", "I am the person in", "I am not the person in"),
    ("en", "gb-osa", "good-faith", "I make this request", "I do not make this request"),
    ("en", "gb-osa", "accuracy", "It is true to", "It is not true to"),
    ("en", "gb-osa", "not-consensual", "without my consent", "with my consent"),
    ("en", "eu-dsa", "accuracy", "accurate and complete", "not accurate and not complete"),
    ("en", "eu-dsa", "accuracy", "I believe in good", "I do not believe in good"),
    ("en", "eu-dsa", "explanation", "without my consent", "with my consent"),
    ("en", "us-tida", "good-faith", "I believe in good faith", "I cannot believe in good faith"),
    ("en", "us-tida", "good-faith", "I believe in", "If I would believe in"),
    ("en", "dmca", "accuracy", "is accurate.", "is not accurate."),
    ("en", "dmca", "perjury", "I state that I am authorised", "I state that I am not authorised"),
    ("en", "dmca", "work", "I own the", "I do not own the"),
    ("en", "dmca", "good-faith", "is not authorised by", "is authorised by"),
    ("en", "au-esafety", "ground", "I live in Australia", "I do not live in Australia"),
    ("en", "eu-gdpr", "ground", _GROUND, "by me."),
    ("es", "gb-osa", "standing", "Soy la persona", "No soy la persona"),
    ("es", "gb-osa", "good-faith", "Presento esta", "No presento esta"),
    ("es", "gb-osa", "accuracy", "Es verdad según", "No es verdad según"),
    ("es", "eu-dsa", "accuracy", "es exacto y completo", "no es exacto ni completo"),
    ("es", "us-tida", "good-faith", "Creo de buena fe", "No creo de buena fe"),
    ("es", "dmca", "perjury", "que cuento con autorización", "que no cuento con autorización"),
    ("es", "dmca", "work", "Soy titular", "No soy titular"),
    ("es", "au-esafety", "ground", "Vivo en Australia", "No vivo en Australia"),
    ("pt", "gb-osa", "standing", "Sou a pessoa", "Não sou a pessoa"),
    ("pt", "gb-osa", "good-faith", "Faço este", "Não faço este"),
    ("pt", "gb-osa", "accuracy", "É verdade", "Não é verdade"),
    ("pt", "eu-dsa", "accuracy", "é exato e completo", "não é exato nem completo"),
    ("pt", "us-tida", "good-faith", "Creio de boa-fé", "Não creio de boa-fé"),
    ("pt", "dmca", "perjury", "que tenho autorização", "que não tenho autorização"),
    ("pt", "dmca", "work", "Sou titular", "Não sou titular"),
    ("pt", "au-esafety", "ground", "Vivo na", "Não vivo na"),
    ("fr", "gb-osa", "standing", "Je suis la personne", "Je ne suis pas la personne"),
    ("fr", "gb-osa", "good-faith", "Je fais cette", "Je ne fais pas cette"),
    ("fr", "gb-osa", "accuracy", "C'est vrai, au", "Ce n'est pas vrai, au"),
    ("fr", "eu-dsa", "accuracy", "est exact et complet", "n'est ni exact ni complet"),
    ("fr", "us-tida", "good-faith", "Je crois de bonne foi", "Je ne crois pas de bonne foi"),
    ("fr", "us-tida", "good-faith", "Je crois de bonne foi", "Je crois pas de bonne foi"),
    ("fr", "dmca", "perjury", "avoir l'autorisation", "ne pas avoir l'autorisation"),
    ("fr", "dmca", "work", "Je suis titulaire", "Je ne suis pas titulaire"),
    ("fr", "au-esafety", "ground", "Je vis en", "Je ne vis pas en"),
    ("de", "gb-osa", "standing", "Ich bin die Person auf", "Ich bin nicht die Person auf"),
    ("de", "gb-osa", "good-faith", "diese Meldung in", "diese Meldung nicht in"),
    ("de", "gb-osa", "accuracy", "Gewissen wahr", "Gewissen nicht wahr"),
    ("de", "eu-dsa", "accuracy", "richtig und vollständig", "nicht richtig und nicht vollständig"),
    ("de", "us-tida", "good-faith", "Glauben davon überzeugt", "Glauben nicht davon überzeugt"),
    ("de", "us-tida", "good-faith", "Ich bin in gutem Glauben davon überzeugt", _DOUBT),
    ("de", "dmca", "perjury", "dass ich befugt bin", "dass ich nicht befugt bin"),
    ("de", "dmca", "work", "Ich habe das Urheberrecht", "Ich habe kein Urheberrecht"),
    ("de", "au-esafety", "ground", "Ich lebe in", "Ich lebe nicht in"),
]  # fmt: skip
# What else in the letter says the same, and is taken out too.
_TWINS = {
    "standing": ("show me", "zeigen mich", "me muestran a mí", "neles apareço eu", "me montrent"),
    "not-consensual": ("They were published",),
}


@pytest.mark.parametrize(("language", "regime", "element", "said", "turned"), _TURNED)
def test_what_is_denied_is_missed(language, regime, element, said, turned):
    text = whole(regime_of(regime), language).text
    assert said in text
    assert check_text(text, (regime,)).ready
    text = text.replace(said, turned)
    for twin in _TWINS.get(element, ()):
        text = text.replace(twin, "…")
    missing = {each.element for each in check_text(text, (regime,)).missing}
    assert element in missing
