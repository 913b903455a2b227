// What html-validate holds emails to: all of its recommended rules and what the standard says of
// whole documents, and every attribute and element known. Off is only what an email has to break;
// each line says why. What stands inside <!--[if mso]> is a comment, and is not judged.

// Outlook draws with Word, which takes a table's measures from attributes, not from styles.
const forOutlook = { deprecated: false };

export default {
  root: true,
  extends: ["html-validate:recommended", "html-validate:document"],
  elements: [
    "html5",
    {
      table: {
        attributes: {
          align: forOutlook,
          bgcolor: forOutlook,
          border: forOutlook,
          cellpadding: forOutlook,
          cellspacing: forOutlook,
          width: forOutlook,
        },
      },
      td: { attributes: { align: forOutlook, bgcolor: forOutlook, width: forOutlook } },
      // The target of a jump: Outlook finds it by its name only.
      a: { attributes: { name: forOutlook } },
    },
  ],
  rules: {
    "no-unknown-attributes": "error",
    "no-unknown-elements": "error",
    // Many programs take <style> out, and leave what stands on the elements.
    "no-inline-style": "off",
    // They are how Outlook is told what no other program should read.
    "no-conditional-comment": "off",
    // Programs that turn <article> into <div> leave a role alone.
    "prefer-native-element": ["error", { exclude: ["article"] }],
    // The older word, which older screen readers know.
    "presentation-role-style": ["error", { prefer: "presentation" }],
    // A matter of taste, as any parser reads both; the other way is what MJML writes.
    "doctype-style": ["error", { style: "lowercase" }],
    // The title is the subject, which search engines do not cut off.
    "long-title": "off",
  },
};
