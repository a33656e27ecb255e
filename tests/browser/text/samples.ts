/** Texts in which browsers break lines and order words by rules of their own. */
export const samples: Readonly<Record<string, string>> = {
  Latin:
    'The quick brown fox, well-known for jumping, jumps over the lazy dog (again); and/or sleeps — or does it?',
  'long words': `Donaudampfschifffahrtsgesellschaftskapitänsmütze https://example.org/a/very/long/path?with=query&and=more ${'x'.repeat(90)} end`,
  Japanese:
    '吾輩は猫である。名前はまだ無い。「どこで生れたか」とんと見当がつかぬ。何でも薄暗いじめじめした所で、ニャーニャー泣いていた事だけは記憶している。',
  Chinese:
    '在标注图像时，请先选择类别（例如“猫”或“狗”），然后画框；如果不确定，请跳过——不要猜测。每张图片可以有多个框，共1,024个样本。',
  Korean:
    '이미지에 상자를 그린 다음 품종을 선택하세요. 확실하지 않으면 건너뛰고, 나중에 다시 돌아와서 확인하면 됩니다!',
  Thai: 'กรุณาวาดกรอบรอบวัตถุแต่ละชิ้นในภาพแล้วเลือกประเภทที่เหมาะสมจากนั้นกดบันทึกเพื่อไปยังภาพถัดไป',
  Hebrew: 'ציירו תיבה סביב הכלב, בחרו את הגזע (למשל Beagle או Collie), ושמרו 12 דוגמאות לפני שעוברים הלאה.',
  Arabic:
    'ارسم مربعًا حول الكلب، ثم اختر السلالة (مثل Beagle) واحفظ 120 عينة قبل الانتقال إلى الصورة التالية من فضلك.',
  'both directions': 'Left to right first.\nאחר כך מימין לשמאל, with English inside\n\nand back again: שלום.',
  emoji:
    'Families 👨‍👩‍👧‍👦 and flags 🇯🇵🇺🇦, skin tones 👍🏽👩🏿‍🚀, keycaps 1️⃣ and hearts ❤️‍🔥 wrap as whole signs, e\u0301a\u0308o\u0302 too.',
  tabs: 'name\tvalue\tnote\na\t1\tshort\nlonger name\t22\tb\n\tindented',
  'trailing spaces': 'ends with spaces          \nand words     that are     far apart          ',
};
