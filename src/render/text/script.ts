const firstLetter = /\p{L}/u;
const rightToLeft =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;
const colored = /\p{Emoji_Presentation}|\p{Regional_Indicator}|\uFE0F/u;

/** Base direction by the first letter, as HTML's dir="auto". */
export const directionOf = (text: string): 'ltr' | 'rtl' =>
  rightToLeft.test(firstLetter.exec(text)?.[0] ?? '') ? 'rtl' : 'ltr';

/** Whether a font may draw some of it in colours of its own (emoji). */
export const hasOwnColors = (text: string): boolean => colored.test(text);
