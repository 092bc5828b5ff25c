// What a keystroke costs the language server, once it is quiet: the document is taken in and its diagnostics are told anew.
import { armTemplate, bicepModule, randomFrom, terraformFile } from './generate.mjs';

const documents = [
  { language: 'Bicep', languageId: 'bicep', name: 'main.bicep', generate: bicepModule, at: "kind: 'StorageV2'" },
  { language: 'Terraform', languageId: 'terraform', name: 'main.tf', generate: terraformFile, at: 'account_tier' },
  { language: 'ARM', languageId: 'arm-template', name: 'main.json', generate: armTemplate, at: '"StorageV2"' },
];

/**
 * The times of `keystrokes` single characters, typed and taken away again here and there in a file of `lines` lines with
 * every rule on, in ms, sorted; and the memory in use before and after, in MB, where garbage can be collected.
 */
export function typingTimes({ Session, diagnosticsOf }, { language, lines = 5000, keystrokes = 300, seed = 20260101 }) {
  const { languageId, name, generate, at } = documents.find((each) => each.language === language);
  const uri = `untitled:${name}`;
  const session = new Session();
  const open = (text, version) => session.update({ uri, languageId, version, text });
  open('', 1);
  // A document without a folder has no configuration; the profile is what an option of the client would be.
  const text = generate(lines, randomFrom(seed));
  const places = [...text.matchAll(new RegExp(at.replaceAll('"', '"'), 'g'))].map(({ index }) => index + at.length - 2);
  const random = randomFrom(seed + 1);
  const times = [];
  let version = 1;
  const type = (changed) => {
    const began = performance.now();
    open(changed, ++version);
    diagnosticsOf(session, uri);
    times.push(performance.now() - began);
  };
  const warmUp = 40;
  let before = 0;
  for (let keystroke = 0; keystroke < keystrokes + warmUp; keystroke += 2) {
    if (keystroke === warmUp) {
      times.length = 0;
      before = memory();
    }
    const place = places[Math.floor(random() * places.length)];
    type(`${text.slice(0, place)}x${text.slice(place)}`);
    type(text);
  }
  const after = memory();
  return { times: times.sort((a, b) => a - b), before, after };
}

function memory() {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1e6;
}

export const languages = documents.map(({ language }) => language);
