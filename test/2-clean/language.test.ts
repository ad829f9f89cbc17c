import assert from "node:assert/strict"
import {eld} from "eld/extrasmall"
import {describe, it} from "vitest"
import {CoderError} from "../../src/0-records/index.ts"
import {guessLanguage, withLanguage} from "../../src/2-clean/language.ts"
import {cpuMs} from "./cpu.ts"

/** News in the languages that reports most often come in, in invented words; each is also told by `eld`. */
const texts: Readonly<Record<string, string>> = {
  en: "Kenya on Tuesday recalled its ambassador from Mogadishu after shells fired from Somali territory killed four villagers near Mandera, the foreign ministry said, and called on the government to disarm the militia at once.",
  es: "El gobierno de Chile anunció el martes que retirará a su embajador en La Paz después de que un grupo de soldados cruzara la frontera y detuviera a tres funcionarios de aduanas, según informó el ministerio de Relaciones Exteriores.",
  fr: "Le gouvernement sénégalais a rappelé mardi son ambassadeur à Bamako après que des hommes armés ont enlevé quatre villageois près de la frontière, selon un communiqué du ministère des Affaires étrangères qui demande leur libération.",
  de: "Die Regierung in Wien hat am Dienstag ihren Botschafter aus Budapest zurückgerufen, nachdem ungarische Soldaten die Grenze überquert und drei Zollbeamte festgenommen hatten, wie das Außenministerium am Abend mitteilte.",
  pt: "O governo de Angola chamou na terça-feira o seu embaixador em Kinshasa depois que soldados atravessaram a fronteira e detiveram três funcionários da alfândega, segundo um comunicado do ministério das Relações Exteriores.",
  it: "Il governo italiano ha richiamato martedì il suo ambasciatore a Tripoli dopo che alcuni uomini armati hanno attraversato il confine e fermato tre funzionari della dogana, secondo quanto riferito dal ministero degli Esteri.",
  nl: "De regering in Den Haag heeft dinsdag haar ambassadeur uit Paramaribo teruggeroepen nadat gewapende mannen de grens waren overgestoken en drie douanebeambten hadden vastgehouden, zo meldde het ministerie van Buitenlandse Zaken.",
  sv: "Regeringen i Stockholm kallade på tisdagen hem sin ambassadör från Riga efter att beväpnade män hade passerat gränsen och gripit tre tulltjänstemän, enligt ett uttalande från utrikesdepartementet som krävde att de släpps.",
  da: "Regeringen i København kaldte tirsdag sin ambassadør hjem fra Riga, efter at bevæbnede mænd var gået over grænsen og havde anholdt tre toldere, oplyste Udenrigsministeriet i en meddelelse, som også krævede, at de bliver frigivet.",
  fi: "Hallitus kutsui tiistaina suurlähettiläänsä kotiin Riiasta sen jälkeen, kun aseistetut miehet olivat ylittäneet rajan ja pidättäneet kolme tullivirkailijaa, ulkoministeriö kertoi illalla ja vaati, että heidät on päästettävä vapaaksi.",
  pl: "Rząd w Warszawie odwołał we wtorek swojego ambasadora z Mińska po tym, jak uzbrojeni mężczyźni przekroczyli granicę i zatrzymali trzech celników, poinformowało ministerstwo spraw zagranicznych, które zażądało ich uwolnienia.",
  ro: "Guvernul de la București și-a rechemat marți ambasadorul de la Chișinău după ce mai mulți bărbați înarmați au trecut granița și au reținut trei vameși, potrivit unui comunicat al ministerului de externe care cere eliberarea lor.",
  tr: "Hükümet, silahlı kişilerin sınırı geçerek üç gümrük memurunu alıkoymasının ardından salı günü Erivan büyükelçisini geri çağırdı; dışişleri bakanlığı yaptığı açıklamada memurların hemen serbest bırakılması için çağrıda bulundu.",
  ms: "Kerajaan pada hari Selasa memanggil pulang duta besarnya dari Manila selepas lelaki bersenjata melintasi sempadan dan menahan tiga pegawai kastam, menurut kenyataan kementerian luar yang menuntut supaya mereka dibebaskan dengan segera.",
  tl: "Pinauwi ng pamahalaan noong Martes ang embahador nito sa Jakarta matapos tumawid sa hangganan ang mga armadong lalaki at hinuli ang tatlong opisyal ng aduana, ayon sa pahayag ng kagawaran na humiling na palayain sila agad.",
  vi: "Chính phủ hôm thứ Ba đã triệu hồi đại sứ tại Phnôm Pênh sau khi những người có vũ trang vượt qua biên giới và bắt giữ ba nhân viên hải quan, theo một tuyên bố của Bộ Ngoại giao yêu cầu trả tự do cho họ ngay lập tức và không điều kiện.",
  ru: "Правительство во вторник отозвало своего посла из Риги после того, как вооружённые люди пересекли границу и задержали трёх таможенников, сообщило министерство иностранных дел, которое потребовало немедленно их освободить.",
  ar: "استدعت الحكومة يوم الثلاثاء سفيرها لدى البلد المجاور بعد أن عبر مسلحون الحدود واحتجزوا ثلاثة من موظفي الجمارك، بحسب بيان لوزارة الخارجية طالبت فيه بالإفراج عنهم فورا ودعت إلى عقد اجتماع عاجل بين الجانبين لبحث الأمر في العاصمة",
  zh: "政府星期二召回了驻邻国大使，此前武装人员越过边境并扣押了三名海关官员。外交部在一份声明中要求立即释放他们，并呼吁双方举行紧急会谈。".repeat(4),
}

describe("guessLanguage", () => {
  for (const [language, text] of Object.entries(texts)) {
    it(`tells English from not English in "${language}", as eld does`, () => {
      assert.equal(eld.detect(text).language, language)
      const {isEnglish, isSure} = guessLanguage(text)
      assert.deepEqual({isEnglish, isSure}, {isEnglish: language === "en", isSure: true})
      assert.equal(guessLanguage(text.toUpperCase()).isEnglish, language === "en")
    })
  }

  const isEnglish = (text: string) => assert.equal(guessLanguage(text).isEnglish, true)

  it("minds no names", () =>
    isEnglish(
      "Gen. Abdel Fattah al-Burhan, Mohamed Hamdan Dagalo, Volker Perthes, Antonio Guterres and Moussa Faki Mahamat met Abiy Ahmed in Addis Ababa; José Manuel Albares, Luiz Inácio Lula da Silva and Thérèse Coffey were invited.",
    ))
  it("minds no Spanish names of places", () =>
    isEnglish("Police in La Paz, El Alto, Santa Cruz de la Sierra and San Pedro de Atacama detained miners from Los Andes and Las Lajas."))
  it("is not sure of a short text", () => assert.equal(guessLanguage("El gobierno de Chile anunció.").isSure, false))
  it("takes time in proportion", () => {
    assert.ok(cpuMs(() => guessLanguage("x".repeat(1_000_000))) < 200)
  })
})

it("names the language of a report that is refused", async () => {
  const error = new CoderError("language-not-english", "Cannot take the text for English: 1 % of its words are function words of English")
  assert.deepEqual(
    await withLanguage(error, {text: texts.es!, place: {}}),
    new CoderError("language-not-english", "Cannot take the text for English: it reads as Spanish; 1 % of its words are function words of English"),
  )
  const other = new CoderError("text-empty", "Cannot")
  assert.equal(await withLanguage(other, {text: texts.es!, place: {}}), other)
})
