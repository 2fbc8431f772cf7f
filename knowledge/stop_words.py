"""The words that carry no subject of their own: "og", "ikkje", "the"."""

# All three languages at once: in search, these go from every text, or "who" would pull towards
# English articles.
STOP_WORDS = frozenset(
    """
        og i jeg det at en et den til er som på de med han av ikke der så var meg seg men ett
        har om vi min mitt ha hadde hun nå over da ved fra du ut sin dem oss opp man kan hans
        hvor eller hva skal selv sjøl her alle vil bli ble blitt kunne inn når være kom noen
        noe ville dere de som deres kun ja etter ned skulle denne for deg si sine sitt mot å
        meget hvorfor dette disse uten hvordan ingen din ditt blir samme hvilken hvilke sånn
        inni mellom vår hver hvem vors hvis både bare enn fordi før mange også slik vært være
        begge siden henne hennar hennes nå får få fikk finnes finst eg ikkje ein eit ei dei han
        ho dykk me korleis kva kven kvar kvifor når vart vere vore blei ha hadde hjå hos no
        noko nokon noka nokre sidan skal skulle so som somme um upp vart vort verte vore vår
        vårt kor kvart kvarhelst ikkje inkje mi mine mitt hoss hossen inn kom a an the and or
        of to in on at by for from with as is are was were be been being it its this that these
        those he she they them his her their we our us you your i me my who whom whose what
        which when where why how do does did has have had can could will would should may might
        about into than then there here not no any some all also please tell mange mye mykje
        many much get gets got fekk fått slags slag type kind utgjer utgjør makes made egentlig
        eigentleg really actually skjer skjedde happen happened vet veit vite know fortell fortel
        fortelle fortelje lurer wonder wondering hei hallo hello takk thanks thank vennligst
        gjerne heter heiter dag idag nåværende noverande currently
        """.split()
)
