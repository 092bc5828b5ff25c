import { Analysis } from '../engine/analysis/analysis.ts';
import { loadCheckData, loadLens, loadRuleTexts } from '../host/shipped-data.ts';
import { explainRule } from '../report/explanation.ts';
import { withConfigurations } from './configured.ts';
import { requireRules } from './rule-names.ts';
import { openFolder } from './target.ts';
import { writeOut } from './terminal.ts';

/** `demarc explain`: prints a rule's page as Markdown, which reads well in a terminal too. Rules of one's own are those of the working folder. */
export async function explainCommand(id: string): Promise<0> {
  const analysis = new Analysis(loadCheckData(), loadLens);
  if (analysis.rulesNamed(id).length === 0) {
    const target = openFolder();
    await withConfigurations(target, analysis, (configuration) => configuration.forFile(`${target.folder}main`));
  }
  const ids = requireRules([id], analysis);
  const texts = new Map(loadRuleTexts().map((text) => [text.id, text]));
  const pages: string[] = [];
  for (const each of ids) {
    const rule = analysis.rules.rules.get(each);
    const text = texts.get(each) ?? analysis.ownText(each);
    if (rule !== undefined) pages.push(explainRule(rule, text, analysis.responsibilityOf));
  }
  await writeOut(pages.join('\n'));
  return 0;
}
