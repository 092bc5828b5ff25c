import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { fixEffects, profiles } from '../engine/check/rule.ts';
import { failLevels } from '../engine/configuration/settings.ts';
import { severities } from '../engine/findings/finding.ts';
import { concerns, layers, owners } from '../engine/responsibility/layers.ts';
import packageManifest from '../package.json' with { type: 'json' };
import { orders } from '../report/report.ts';
import {
  type BaselineAction,
  baselineActions,
  defaultBaseline,
  type LedgerAction,
  ledgerActions,
  matrixFormats,
  matrixRows,
  peers,
  type Shell,
  shells,
} from './choices.ts';
import { formats } from './format-names.ts';

/** What a command returns to the shell: 0 clean, 1 findings or an incomplete run, 2 a usage or internal error. */
type ExitCode = 0 | 1 | 2;

const shownVerdicts: readonly string[] = ['may-fail', 'undetermined'];

function createProgram(finish: (code: ExitCode) => void): Command {
  const program = new Command('demarc')
    .description(
      "Lints the customer's side of Azure's shared responsibility line in Bicep, ARM templates and Terraform.",
    )
    .version(packageManifest.version)
    .showHelpAfterError("Run 'demarc --help' to see what there is.")
    .exitOverride();

  program
    .command('lint', { isDefault: true })
    .description(
      'Report misconfigurations. Exits 1 when there is one at or above --fail-on, or when something could not be read.',
    )
    .argument('[paths...]', 'files and folders; the working folder when none is given')
    .option(
      '--format <format[=file]>',
      `how to print the findings: ${formats.join(', ')} (repeatable; with a file it goes there)`,
      collect,
      [],
    )
    .addOption(
      new Option(
        '--fail-on <severity>',
        'the least severity that makes the exit code 1; otherwise demarc.yaml says it, or else it is medium',
      ).choices(failLevels),
    )
    .addOption(profileOption())
    .option('--rule <id>', 'only this rule (repeatable, peer ids such as CKV_AZURE_3 count)', collect, [])
    .addOption(
      new Option('--layer <layer>', 'only this layer (repeatable)')
        .choices(layers)
        .argParser(oneOfList(layers))
        .default([], 'all'),
    )
    .addOption(
      new Option(
        '--owner <owner>',
        "only what this owner answers for; a setting on a shared layer is the customer's too",
      ).choices(owners),
    )
    .option('--min-risk <number>', 'only findings of this risk or more, from 1 to 100', wholeNumber)
    .addOption(
      new Option('--sort <order>', 'by file and place, or the riskiest first').choices(orders).default('place'),
    )
    .option('--max-findings <number>', 'print at most so many, the riskiest; all count for the exit code', wholeNumber)
    .option('--baseline <path>', "leave out what this file of 'demarc baseline' lists")
    .option('--ledger <path>', 'the ledger of first detections; otherwise .demarc/ledger.json of the repository')
    .option('--fail-on-overdue', 'exit 1 when a finding is overdue, 2 when there is no ledger that could tell', false)
    .option('--staged', 'what the next commit changes, as git has it staged; paths narrow it', false)
    .option(
      '--changed-since <commit>',
      'what has changed on disk since the branch left this commit, new files included',
    )
    .option('--about', 'what is about the named files, judged with everything that calls them: for hooks', false)
    .option(
      '--shard <index/count>',
      'one of several runs that share the files out: 1/4 to 4/4 find together what one run finds',
      shardOf,
    )
    .option('--watch', 'lint again whenever a file changes, until it is stopped', false)
    .option('--cache', 'take over what an earlier run found in files of which nothing has changed', false)
    .option('--cache-folder <path>', 'the same, kept in this folder')
    .option('--stdin-filename <path>', 'lint the text on standard input as if it were in this file')
    .addOption(
      new Option('--show <verdict>', 'also list what is wrong only under some conditions, or what could not be known')
        .choices(shownVerdicts)
        .argParser(oneOfList(shownVerdicts))
        .default([], 'neither'),
    )
    .addOption(new Option('--show-undetermined', 'the same as --show undetermined'))
    .addOption(
      new Option(
        '--fail-on-undetermined <severity>',
        'exit 1 when a rule of this severity or a higher one could not be decided',
      ).choices(severities),
    )
    .action(async (paths: string[], { showUndetermined, show, ...options }) => {
      const shown = showUndetermined === true ? [...show, 'undetermined'] : show;
      finish(await (await import('./lint.ts')).lintCommand(paths, { ...options, show: shown }));
    });

  program
    .command('fix')
    .description('Mend what can be mended without changing how anything behaves; --effect widens that.')
    .argument('[paths...]', 'files and folders; the working folder when none is given')
    .option('--interactive', 'show each fix, whatever its effect, and ask', false)
    .option('--dry-run', 'write nothing and print what would be changed as a unified diff', false)
    .option('--rule <id>', 'only this rule (repeatable, peer ids count)', collect, [])
    .addOption(profileOption())
    .addOption(
      new Option('--effect <effect>', 'the strongest effect that a fix may have')
        .choices(fixEffects)
        .default('neutral'),
    )
    .option('--set <name=value>', 'the answer to what a fix asks for (repeatable)', collectAnswer, {})
    .action(async (paths: string[], options) => finish(await (await import('./fix.ts')).fixCommand(paths, options)));

  program
    .command('explain')
    .description('Explain a rule: what goes wrong, whose job it is, how to mend it.')
    .argument('<rule>', "a rule's id, or a peer's id such as CKV_AZURE_3")
    .action(async (rule: string) => finish(await (await import('./explain.ts')).explainCommand(rule)));

  program
    .command('rules')
    .description('List rules, with the severity that they have in the working folder.')
    .argument('[words...]', "only rules with every one of these in their id, title, resource types or peers' ids")
    .addOption(new Option('--profile <profile>', 'only rules of this profile').choices(profiles))
    .addOption(
      new Option('--severity <severity>', 'only this severity (repeatable)')
        .choices(severities)
        .argParser(oneOfList(severities))
        .default([], 'all'),
    )
    .addOption(
      new Option('--layer <layer>', 'only this layer (repeatable)')
        .choices(layers)
        .argParser(oneOfList(layers))
        .default([], 'all'),
    )
    .addOption(
      new Option('--concern <concern>', 'only this concern (repeatable)')
        .choices(concerns)
        .argParser(oneOfList(concerns))
        .default([], 'all'),
    )
    .option('--fixable', 'only rules that have a fix', false)
    .addOption(
      new Option('--format <format>', 'how to print the rules').choices(['stylish', 'json']).default('stylish'),
    )
    .action(async (words: string[], options) =>
      finish(await (await import('./rules.ts')).rulesCommand(words, options)),
    );

  program
    .command('test')
    .description('Run the examples of your own rules: bad is found, bad with the fix is good, good is not found.')
    .argument('[folders...]', "folders with rules; those of demarc.yaml's rule-folders when none is given")
    .action(async (folders: string[]) => finish(await (await import('./test-rules.ts')).testCommand(folders)));

  program
    .command('new-rule')
    .description('Write a rule of your own about a property, with examples to start from.')
    .argument('<id>', 'a group and a name: contoso/min-tls')
    .argument('<type>', 'a resource type: Microsoft.Storage/storageAccounts')
    .argument('<path>', 'the path of a property: properties.minimumTlsVersion')
    .option('--value <value>', 'what the property has to be; otherwise it only has to be there')
    .option(
      '--folder <path>',
      "the rule folder; otherwise the first of demarc.yaml's rule-folders, or else demarc-rules",
    )
    .addOption(new Option('--layer <layer>', 'the layer that it is about').choices(layers).default('applications'))
    .addOption(new Option('--concern <concern>', 'what it is about').choices(concerns).default('hardening'))
    .addOption(new Option('--severity <severity>', 'how bad it is').choices(severities).default('medium'))
    .option('--api-version <date>', 'the API version of the examples', '2023-05-01')
    .action(async (id: string, type: string, path: string, options) =>
      finish(await (await import('./new-rule.ts')).newRuleCommand(id, type, path, options)),
    );

  program
    .command('matrix')
    .description(
      'Print what is deployed against the layers of the shared responsibility model: owner and state of each.',
    )
    .argument('[paths...]', 'files and folders; the working folder when none is given')
    .addOption(new Option('--by <rows>', 'one row for each').choices(matrixRows).default('resource'))
    .addOption(
      new Option('--format <format>', 'how to print it; a table on a terminal, otherwise markdown').choices(
        matrixFormats,
      ),
    )
    .option('--output <path>', 'the file that it goes to')
    .addOption(profileOption())
    .action(async (paths: string[], options) =>
      finish(await (await import('./matrix.ts')).matrixCommand(paths, options)),
    );

  program
    .command('baseline')
    .description('Write down what is found now, so that lint --baseline tells only what is new.')
    .addArgument(
      new Argument('<action>', 'create writes a new file, update takes in and out, prune only takes out').choices(
        baselineActions,
      ),
    )
    .argument('[paths...]', 'files and folders; the working folder when none is given')
    .option('--file <path>', 'where the baseline is', defaultBaseline)
    .addOption(profileOption())
    .action(async (action: BaselineAction, paths: string[], options) =>
      finish(await (await import('./baseline.ts')).baselineCommand(action, paths, options)),
    );

  program
    .command('ledger')
    .description('Keep when each finding was first detected, and list what is due when.')
    .addArgument(
      new Argument(
        '<action>',
        'update takes in what is new and takes out what is gone, list shows what is overdue first',
      ).choices(ledgerActions),
    )
    .argument('[paths...]', 'files and folders; the working folder when none is given')
    .option('--file <path>', 'where the ledger is; otherwise .demarc/ledger.json of the repository')
    .addOption(new Option('--format <format>', 'how to print the list').choices(['table', 'json']).default('table'))
    .addOption(profileOption())
    .action(async (action: LedgerAction, paths: string[], options) =>
      finish(await (await import('./ledger.ts')).ledgerCommand(action, paths, options)),
    );

  program
    .command('completion')
    .description('Print a script that completes demarc in a shell.')
    .addArgument(new Argument('<shell>', 'the shell').choices(shells))
    .action(async (shell: Shell) => finish(await (await import('./completion.ts')).completionCommand(shell, program)));

  program
    .command('parse')
    .description('Only read the files and report syntax errors.')
    .argument('[paths...]', 'files and folders; the working folder when none is given')
    .addOption(
      new Option('--format <format>', 'how to print the errors').choices(['stylish', 'json']).default('stylish'),
    )
    .action(async (paths: string[], options) =>
      finish(await (await import('./parse.ts')).parseCommand(paths, options)),
    );

  program
    .command('config')
    .description('Show what holds for a file, and where each value is set.')
    .argument('[file]', 'a file or folder; files in the working folder when none is given')
    .addOption(
      new Option('--format <format>', 'how to print the values').choices(['stylish', 'json']).default('stylish'),
    )
    .action(async (file: string | undefined, options) =>
      finish(await (await import('./config.ts')).configCommand(file, options)),
    );

  program
    .command('init')
    .description('Write a demarc.yaml for what is in the working folder.')
    .addOption(new Option('--from <linter>', "take over what another linter's files switch off").choices(peers))
    .action(async (options) => finish(await (await import('./init.ts')).initCommand(options)));

  program
    .command('lsp')
    .description('Serve an editor as a language server, over standard input and output.')
    .option('--stdio', 'over standard input and output (the default)')
    .option('--node-ipc', 'over the channel of the Node process that started this one')
    .option('--socket <port>', 'over a socket that the editor listens on')
    .option('--pipe <name>', 'over a named pipe that the editor listens on')
    .action(async () => (await import('./lsp.ts')).lspCommand());

  return program;
}

function profileOption(): Option {
  return new Option(
    '--profile <profile>',
    'which rules are on; otherwise demarc.yaml says it, or else it is recommended',
  ).choices(profiles);
}

function collect(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value];
}

/** Reads an option that may be given several times, each time one of a list. */
function oneOfList(choices: readonly string[]): (value: string, previous: readonly string[]) => readonly string[] {
  return (value, previous) => {
    if (!choices.includes(value)) throw new InvalidArgumentError(`It is one of ${choices.join(', ')}.`);
    return [...previous, value];
  };
}

function wholeNumber(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError('It is a whole number.');
  return Number(value);
}

function shardOf(value: string): { readonly index: number; readonly count: number } {
  const [, index = 0, count = 0] = (/^(\d{1,4})\/(\d{1,4})$/.exec(value) ?? []).map(Number);
  if (index < 1 || index > count) throw new InvalidArgumentError('Write it as index/count, from 1/4 to 4/4.');
  return { index, count };
}

function collectAnswer(value: string, previous: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const equals = value.indexOf('=');
  if (equals <= 0) throw new InvalidArgumentError('Write it as name=value.');
  return { ...previous, [value.slice(0, equals)]: value.slice(equals + 1) };
}

async function main(): Promise<void> {
  let code: ExitCode = 0;
  try {
    await createProgram((finished) => {
      code = finished;
    }).parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      code = error.exitCode === 0 ? 0 : 2;
    } else {
      const { describeFailure } = await import('./failure.ts');
      process.stderr.write(describeFailure(error));
      code = 2;
    }
  }
  process.exitCode = code;
}

// A reader that closes the pipe early (`demarc lint | head`) has seen enough: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

void main();
