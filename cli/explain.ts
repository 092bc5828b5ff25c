import { Analysis } from '../engine/analysis/analysis.ts';
import { loadCheckData, loadLens, loadRuleTexts } from '../host/shipped-data.ts';
import { explainRule } from '../report/explanation.ts';
import { requireRules } from './rule-names.ts';
import { writeOut } from './terminal.ts';

/** `demarc explain`: prints a rule's page as Markdown, which reads well in a terminal too. */
export async function explainCommand(id: string): Promise<0> {
  const analysis = new Analysis(loadCheckData(), loadLens);
  const ids = requireRules([id], analysis);
  const texts = new Map(loadRuleTexts().map((text) => [text.id, text]));
  const pages: string[] = [];
  for (const each of ids) {
    const rule = analysis.rules.rules.get(each);
    if (rule !== undefined) pages.push(explainRule(rule, texts.get(each), analysis.responsibilityOf));
  }
  await writeOut(pages.join('\n'));
  return 0;
}
