//! The words by which dates are told apart, each idea as one regular expression.

use regex::Regex;
use std::sync::LazyLock;

pub(super) struct Words {
    pub opinion: Regex,
    pub opinion_label: Regex,
    pub consult: Regex,
    pub briefing: Regex,
    pub apply: Regex,
    pub apply_label: Regex,
    pub bare: Regex,
    pub deadline: Regex,
    pub days: Regex,
    pub planned: Regex,
    pub taking: Regex,
    pub taking_part: Regex,
    pub joining: Regex,
    pub history: Regex,
    pub apply_before: Regex,
    pub apply_after: Regex,
    pub hand_in_after: Regex,
    pub begins_after: Regex,
    pub opens_after: Regex,
    pub work: Regex,
    pub yearly: Regex,
    pub aside: Regex,
    pub earlier: Regex,
    pub next_call: Regex,
    pub no_matter: Regex,
    pub later: Regex,
    pub later_after: Regex,
    pub project: Regex,
    pub grant_after: Regex,
    pub ends_after: Regex,
    pub past: Regex,
    pub schedule: Regex,
    pub schedule_heading: Regex,
    pub never: Regex,
    pub beginning: Regex,
    /// One end of a period, of whatever it stands under.
    pub edge: Regex,
    /// 1回目は, after a sentence on the deadlines.
    pub nth: Regex,
    /// What is published about the program, not what becomes of an application.
    pub publication: Regex,
    pub end: Regex,
}

pub(super) static WORDS: LazyLock<Option<Words>> = LazyLock::new(|| {
    let words = |pattern: &str| Regex::new(pattern).ok();
    Some(Words {
        opinion: words(
            r"意見(?:の|を|等の|等を)?(?:募集|公募|募り|募る|提出|照会|受付)|パブリック・?コメント",
        )?,
        opinion_label: words(
            r"意見.{0,6}(?:期限|期間|締切|募集|提出)|(?:提出|募集|公募)の?(?:期限|期間|締切)|^[\d.() ]*期[限間]$",
        )?,
        consult: words(
            r"事前(?:の)?(?:相談|協議|確認|ヒアリング)|相談(?:の)?(?:期間|受付|期限|窓口)|個別相談|意向(?:調査|確認|表明)|質問(?:の)?(?:受付|期限|期間|締切)|質問は|質問$|質疑|事前エントリー|事前(?:の)?登録|参加(?:の)?登録|相談(?:してください|ください|を受|は)|^[\d. ()]*相談$|照会|の前に$|助言|相談を希望|(?:利用|使用)を希望|相談の希望|質問を|面談の予約|予約は",
        )?,
        briefing: words(
            r"説明会|相談会|ウェビナー|オンライン説明|(?:募集|公募|制度|事業|応募)の説明|説明の(?:場|集まり|日)|で説明し",
        )?,
        apply: words(
            r"(?:公募|募集|応募|申請|受付|受け付け|提案|提出|申込|申し込み|エントリー|書類|書)(?:書類?|受付|の受付|の提出|等の提出|の)?(?:期間|期限|期日|締切|締め切り|〆切|〆|最終日|開始日?|終了日?|日時|日程)|締切|締め切り|〆切|(?:公募|募集|受付)(?:の|を)?(?:開始|終了)|受付(?:最終)?日|(?:公募|募集|受付)(?:の|を)?(?:始め|始ま|終わ|終え)|(?:受付|募集)は、?いつ|いつ(?:申請|応募|申し?込|受け?付)|最後の受付|(?:到達|出す)(?:の)?期限|書類の提出|応募受付|申請受付|提出期日|必着|いつまで",
        )?,
        apply_label: words(
            r"^[\d.()①-⑳ ■●◆◯○◎<【・第一二三四五次回]*(?:公募|募集|応募|申請|受付|提出|申込)[^。]{0,6}(?:期間|期限|締切|期日|方法)?[>】:]*$|(?:書類|申請書|提案書|応募書|企画書|要望書|計画書|応募用紙)(?:等)?の(?:提出|受付|締切|受領)(?:\([^()]*\))?$",
        )?,
        bare: words(r"^[\d.()・■○◯● ]*(?:期間|期限|日程|日時|時期|締切日?)(?:は|:|、| )*$")?,
        deadline: words("締切|締め切り|〆切")?,
        taking_part: words("公募|募集|応募|提案|申請|交付|書類")?,
        joining: words("参加|申込|申し込|登録")?,
        history: words("歩み|あゆみ|沿革|変遷|年表")?,
        days: words("日程|日時|時期")?,
        planned: words(r"^[^。、]{0,20}(?:予定|見込み)")?,
        taking: words(r"公募|募集|応募|提出|申請|受付|提案|申込")?,
        apply_before: words(
            r"(?:公募|募集|受付|受け付け|応募)(?:\([^()]*\))?(?:[をはがの、:は]|について|に関して)?[^。]{0,12}$",
        )?,
        apply_after: words(
            r"^[^。]{0,60}?(?:公募|募集|募[りる]|受け?付け?|受領|応募を|応募(?:が|の|期間)|申請を受|提案を(?:募|受)|必着|提案(?:の)?(?:募集|公募))",
        )?,
        hand_in_after: words(
            r"^[^。]{0,40}?(?:届く|送って|送付|お送り|着くよう|終える必要|に提出|(?:総務省|当局|事務局)(?:へ|に)[^。、]{0,12}送り|提出(?:する|して|ください|下さい|があ)|申請(?:して|する|ください)|お申し?込み|応募(?:して|ください))",
        )?,
        begins_after: words(
            r"^(?:に|から|より)?(?:公募|募集|受付|応募)(?:を|の受付を)?(?:始め|開始)|^に(?:始めた|開始した)(?:公募|募集|受付)",
        )?,
        opens_after: words(r"^(?:に|から|より)?、?(?:開始|始め|始ま|スタート)")?,
        yearly: words(r"(?:毎年|例年)[^。]{0,12}$")?,
        aside: words(
            r"(?:停止|休止|連休|休業|メンテナンス|閉庁|有効期[間限])[^。、]{0,8}$|(?:集|白書|報告書|手引|ガイド|マニュアル|要綱|要領|概要|版)\($",
        )?,
        earlier: words(r"昨年度(?:まで|の|は)|前年度(?:まで|の|は)|前回の(?:公募|募集)")?,
        next_call: words(r"(?:次の|次回の?|来年度の?|翌年度の?)(?:公募|募集)(?:は|を)、?$")?,
        no_matter: words(
            r"^(?:から|まで|に|を)?(?:開催を|実施を)?予定していた|^[^。]{0,12}とは別|^[^。]{0,6}(?:止まり|停止|使えません|休止|休み)|^」とあるのは|^[^。]{0,24}(?:運休|停電|休館)|^[^。]{0,30}(?:問い?合わ?せ|電話)[^。]{0,10}受け付けません",
        )?,
        later: words(
            r"(?:採択|選定|選考|推薦|交付決定)(?:された|を受けた|後|者|の後)|選ばれた|差し?替え|書類の(?:補正|修正)|補正は|見積書|を求められた",
        )?,
        later_after: words(
            r"^[^。]{0,40}(?:見積書|差し?替え|\(採択された|\(採択後|\(選ばれた|\(不備)",
        )?,
        project: words(
            r"(?:事業|実証|工事|整備|配備|講座|講習|研修|授業|訓練|活動|取組|派遣|装置|設備|受信機|機器|報告)[^、。]{0,8}は、?$",
        )?,
        grant_after: words(r"交付(?:の)?申請")?,
        work: words(r"契約|委託|事業(?:の)?(?:実施)?期間|実施|研修|派遣|工期|履行|免許")?,
        ends_after: words(r"^(?:に|で|をもって)[^。、]{0,6}(?:締め切|締切|〆切|受付を終)")?,
        past: words(
            r"(?:行った|行い|実施した|実施し|実施いたし|募集した|公募した|募集し|公募し|受け付けた|受け付け、|行いました|しました|ところ|いたしました|致しました|行われ|締め切りました)",
        )?,
        schedule: words(
            r"採択|選定|審査|評価|決定|公表|発表|契約|完了|終了|開始|実施|報告|内示|通知|交付|事業期間|実績|面接|ヒアリング|プレゼン|結果|書類選考|成果|精算|確定|着手|納期|履行期|委託期間|派遣|研修|講座|講義|開講|修了|終わ|終え|終期|始ま|取りまとめ|選考|面談|聞き取り|書面|工事|工期|納入|設置|配備|現地|見積|差し?替|補正は|交付申請|完成|引渡",
        )?,
        schedule_heading: words(
            r"スケジュール|日程|今後の(?:予定|流れ|進め方)|流れ|予定|審査|選定|採択|これから|この後|その後|選考|選び方|決まるまで",
        )?,
        never: words(
            r"閣議決定|公布|施行|設立|昭和|開催され|現在|発足|付け?(?:で|の)?(?:報道|公表|総務|情報)|日付け|法律第|告示|諮問|答申|公表した|公表しました|策定|改正|創設|時点|から適用|運用開始|成立|改定|発表の|満了|制定|取材|録画|の報道|^、[^、。)]{0,8}\)では|^の[^、。]{0,8}では|見込みであ|同日付|^付け|^公表|^発表|^総務省|利用でき",
        )?,
        beginning: words(r"開始|始期|始まり|始める")?,
        edge: words(r"^[\s:()・]*(?:開始|終了|始まり|終わり|自|至)日?時?[\s:]*$")?,
        nth: words(r"第?\d+回目?は、?$")?,
        publication: words(r"(?:一覧|報告書|白書|動画|議事録)は、?$")?,
        end: words(r"期限|締切|締め切り|〆|終了|期日|必着|まで|最終|最後|終わり|終える")?,
    })
});
