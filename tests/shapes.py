"""Pages in the shapes of real sites: where the date stands, and what noise there is."""

from dataclasses import dataclass, field

LEAD = "Havkraftklyngen på Stord har fått 34 nye medlemmer det siste året."
QUOTE = "– Vi gleder oss til fortsettelsen, sier daglig leder Kari Nes i Havkraftklyngen."
HISTORY = "Klyngen ble startet i 2014 av fire verft og en høgskole, og holder til i Leirvik."
STORY = (LEAD, QUOTE, HISTORY)

NYNORSK = (
    "Havkraftklynga på Stord har fått 34 nye medlemmer det siste året.",
    "– Vi gler oss til framhaldet, seier dagleg leiar Kari Nes i Havkraftklynga.",
    "Klynga vart starta i 2014 av fire verft og ein høgskule, og held til i Leirvik.",
)
ENGLISH = (
    "The Ocean Power Cluster at Stord has gained 34 new members over the last year.",
    "“We look forward to the next steps,” says Kari Nes, who manages the cluster.",
    "The cluster was founded in 2014 by four shipyards and a college, and is based in Leirvik.",
)
CAPTION = "Kaien i Leirvik en morgen i mai med ferjen på vei inn."
MENU = "<nav><ul><li><a href='/'>Hjem</a></li><li><a href='/om'>Om oss</a></li></ul></nav>"
FOOTER = "<footer><p>Havkraftklyngen, Kaigaten 1, Leirvik. Alle rettigheter er våre.</p></footer>"


def paragraphs(story: tuple[str, ...]) -> str:
    return "".join(f"<p>{text}</p>" for text in story)


def page(content: str, title: str, head: str = "") -> str:
    """A whole page around the content."""
    return (
        f"<!doctype html><html><head><meta charset='utf-8'><title>{title} | Havkraft</title>"
        f"{head}</head><body>{MENU}<main>{content}</main>{FOOTER}</body></html>"
    )


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape, and what is right to read from it."""

    name: str
    path: str
    content: str
    published: str | None
    words: str | None = None
    where: str | None = None
    title: str = "Havkraftklyngen vokser"
    story: tuple[str, ...] = STORY
    language: str = "nb"
    body: tuple[str, ...] = field(default=())

    @property
    def address(self) -> str:
        return f"https://www.example.no{self.path}"

    @property
    def html(self) -> str:
        return page(self.content, self.title)

    @property
    def expected_body(self) -> str:
        return "\n\n".join(self.body or self.story) + "\n"


H1 = "<h1>Havkraftklyngen vokser</h1>"
DOUBLED = (
    f"<figure><img src='a.jpg' alt='{CAPTION}'><figcaption>{CAPTION}</figcaption></figure>"
    f"<p>{CAPTION}</p>"
)
TEXT = paragraphs(STORY)

SHAPES = (
    Shape(
        "1 year in the address, caption twice, newsletter last",
        "/no/aktuelt/2017/havkraftklyngen-vokser/",
        f"{DOUBLED}{H1}{TEXT}<p>Meld deg på vårt nyhetsbrev</p>",
        "2017",
        "/2017/",
        "address",
    ),
    Shape(
        "2 weekday in the body, photographer in the caption",
        "/no/aktuelt/2020/havkraftklyngen-vokser/",
        f"<p>{CAPTION} FOTO: Ola Vik</p><p>{CAPTION} FOTO: Ola Vik</p>{H1}{TEXT}"
        "<p>Torsdag samles alle medlemmene i Leirvik til årsmøte.</p>",
        "2020",
        "/2020/",
        "address",
        body=(*STORY, "Torsdag samles alle medlemmene i Leirvik til årsmøte."),
    ),
    Shape(
        "3 label after the lead, numeric",
        "/aktuelt-artikler/havkraftklyngen-vokser",
        f"{H1}<p>{LEAD}</p><p>Publisert 2.12.2020</p>{paragraphs(STORY[1:])}",
        "2020-12-02",
        "Publisert 2.12.2020",
        "text",
    ),
    Shape(
        "3b label after the title, in words",
        "/aktuelt-artikler/havkraftklyngen-vokser",
        f"{H1}<p>Publisert 19. februar 2021</p>{TEXT}",
        "2021-02-19",
        "Publisert 19. februar 2021",
        "text",
    ),
    Shape(
        "4 skip links, caption first, a bare day in the body",
        "/aktuelt/2020/havkraftklyngen-vokser/",
        "<a href='#m'>Hopp til hovedinnhold</a><a href='#s'>Hopp til søk</a>"
        f"<p>{CAPTION}</p>{H1}{TEXT}<p>Søknaden ble innvilget 19/11 av et samlet styre.</p>",
        "2020",
        "/2020/",
        "address",
        body=(*STORY, "Søknaden ble innvilget 19/11 av et samlet styre."),
    ),
    Shape(
        "5 English month and a time below the headline, share line",
        "/havkraftklyngen-vokser/",
        f"<p>{CAPTION} Bildet er tatt fra den gamle dampskipskaien.</p>{H1}"
        "<div>18 October, 2017 10:53</div><div><a>Del</a> <a>Del</a> <a>Del</a></div>" + TEXT,
        "2017-10-18",
        "18 October, 2017 10:53",
        "text",
    ),
    Shape(
        "6 abbreviated month between two prints of the title",
        "/aktuelt/2017/10/havkraftklyngen-vokser",
        f"{H1}<p>16. okt. 2017</p><h2>Havkraftklyngen vokser</h2>{TEXT}",
        "2017-10-16",
        "16. okt. 2017",
        "text",
    ),
    Shape(
        "6b month in the address",
        "/aktuelt/2017/10/havkraftklyngen-vokser",
        f"{H1}{TEXT}",
        "2017-10",
        "/2017/10/",
        "address",
    ),
    Shape(
        "7 published, revised and a user's name",
        "/aktuelt/havkraftklyngen-vokser/",
        f"<img alt='Havkraftklyngen vokser'>{H1}<p>Revidert 27. oktober 2020</p>"
        f"<p>Publisert 5. april 2019</p><p>Skrevet av linn</p>{TEXT}",
        "2019-04-05",
        "Publisert 5. april 2019",
        "text",
    ),
    Shape(
        "8 ISO date above the title, newsletter last",
        "/artikkel/havkraftklyngen-vokser",
        f"<p>2020-11-19</p>{H1}{TEXT}<h3>Nyhetsbrev</h3>"
        "<p>Meld deg på nyhetsbrevet vårt og hold deg oppdatert om havkraft.</p>",
        "2020-11-19",
        "2020-11-19",
        "text",
    ),
    Shape(
        "9 month in English in the address, title twice",
        "/news/posts/2018/may/ocean-power-grows/",
        "<a href='#c'>Skip to the content</a><p>The Ocean Power Cluster grows</p>"
        f"<h1>The Ocean Power Cluster grows</h1>{paragraphs(ENGLISH)}"
        "<p>Written by Kari Nes, Manager</p><p>Translated by a machine</p>",
        "2018-05",
        "/2018/may/",
        "address",
        title="The Ocean Power Cluster grows",
        story=ENGLISH,
        language="en",
    ),
    Shape(
        "11 label after the lead, English",
        "/article/16373/The_Ocean_Power_Cluster_grows",
        f"<h1>The Ocean Power Cluster grows</h1><p>{ENGLISH[0]}</p>"
        f"<p>Published: 18 June 2014</p>{paragraphs(ENGLISH[1:])}",
        "2014-06-18",
        "Published: 18 June 2014",
        "text",
        title="The Ocean Power Cluster grows",
        story=ENGLISH,
        language="en",
    ),
    Shape(
        "12 label with slashes, day first; a credit in the text",
        "/2022/havkraftklyngen-vokser/",
        f"{H1}<p>Publisert 02/05/2022</p><p>{LEAD}</p><p>Foto: Ola Vik / Vik foto</p>"
        + paragraphs(STORY[1:]),
        "2022-05-02",
        "Publisert 02/05/2022",
        "text",
    ),
    Shape(
        "13 slashes above the title",
        "/havkraftklyngen-vokser/",
        f"<p>27/02/2023</p>{H1}{TEXT}",
        "2023-02-27",
        "27/02/2023",
        "text",
    ),
    Shape(
        "13b older posts: month in the address, a date in the slug",
        "/2016/12/havkraftklyngen-oppstart-1-1-2017/",
        f"{H1}{TEXT}",
        "2016-12",
        "/2016/12/",
        "address",
    ),
    Shape(
        "14 day in the address, nynorsk",
        "/2017/08/29/havkraftklynga-veks/",
        f"<h1>Havkraftklynga veks</h1>{paragraphs(NYNORSK)}",
        "2017-08-29",
        "/2017/08/29/",
        "address",
        title="Havkraftklynga veks",
        story=NYNORSK,
        language="nn",
    ),
    Shape(
        "15 label glued to the next word",
        "/index_old.php/havkraft/print/havkraftklyngen_vokser",
        f"{H1}<p>Skrevet 08.08.16{LEAD}</p>{paragraphs(STORY[1:])}",
        "2016-08-08",
        "Skrevet 08.08.16",
        "text",
        body=(f"Skrevet 08.08.16{LEAD}", *STORY[1:]),
    ),
    Shape(
        "16 American order after name and job title, category last",
        "/blog/havkraftklyngen-vokser",
        f"{H1}<div>Kari Nes</div><div>Communication Manager</div><div>August 19, 2022</div>"
        f"<div>Nyhet</div>{TEXT}",
        "2022-08-19",
        "August 19, 2022",
        "text",
    ),
    Shape(
        "17 English label, the text is about another year",
        "/home/havkraftklyngen-vokser/",
        f"{H1}<p>Published 11.11.2015</p>{TEXT}<p>I 2014 hadde klyngen bare 12 medlemmer.</p>",
        "2015-11-11",
        "Published 11.11.2015",
        "text",
        body=(*STORY, "I 2014 hadde klyngen bare 12 medlemmer."),
    ),
    Shape(
        "18 English label, Norwegian month",
        "/nb/artikkel/havkraftklyngen-vokser",
        f"{H1}<span>Published 28. november 2019</span>{TEXT}",
        "2019-11-28",
        "Published 28. november 2019",
        "text",
    ),
    Shape(
        "19 author, weekday and date above the title",
        "/industri/artikler/havkraftklyngen-vokser",
        "<a href='#m'>Gå til hovedinnhold</a><p>Ola Vik</p><p>Tirsdag</p><p>06.02.24</p>"
        f"{H1}{TEXT}",
        "2024-02-06",
        "06.02.24",
        "text",
    ),
    Shape("no date anywhere", "/aktuelt/havkraftklyngen-vokser", f"{H1}{TEXT}", None),
)
