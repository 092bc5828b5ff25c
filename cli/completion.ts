import type { Command, Option } from 'commander';
import type { Shell } from './choices.ts';
import { writeOut } from './terminal.ts';

interface CompletedOption {
  /** `--format`. */
  readonly name: string;
  readonly description: string;
  readonly takesValue: boolean;
  readonly choices: readonly string[];
}

interface CompletedCommand {
  readonly name: string;
  readonly description: string;
  readonly options: readonly CompletedOption[];
  /** What its first argument can be, where that is a list. */
  readonly choices: readonly string[];
}

/** `demarc completion`: prints a script for a shell that completes commands, options and their values. */
export async function completionCommand(shell: Shell, program: Command): Promise<0> {
  const commands = program.commands.map(completed).sort((a, b) => (a.name < b.name ? -1 : 1));
  await writeOut(scripts[shell](commands));
  return 0;
}

function completed(command: Command): CompletedCommand {
  const [first] = command.registeredArguments;
  return {
    name: command.name(),
    description: firstSentence(command.description()),
    options: command.options.map(completedOption),
    choices: first?.argChoices ?? [],
  };
}

function completedOption(option: Option): CompletedOption {
  return {
    name: option.long ?? option.flags,
    description: firstSentence(option.description),
    takesValue: option.required || option.optional,
    choices: option.argChoices ?? [],
  };
}

function firstSentence(text: string): string {
  return text.split(/[.;] /)[0]?.replace(/\.$/, '') ?? '';
}

const scripts: Readonly<Record<Shell, (commands: readonly CompletedCommand[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
  powershell: powershellScript,
};

function bashScript(commands: readonly CompletedCommand[]): string {
  const names = commands.map(({ name }) => name).join(' ');
  const values = commands.flatMap(({ name, options }) =>
    options
      .filter(({ choices }) => choices.length > 0)
      .map((option) => `    '${name} ${option.name}') words='${option.choices.join(' ')}' ;;`),
  );
  const words = commands.map(({ name, options, choices }) => {
    const all = [...choices, ...options.map((option) => option.name), '--help'];
    return `      ${name}) words='${all.join(' ')}' ;;`;
  });
  return `# Completion of demarc for bash. In ~/.bashrc: source <(demarc completion bash)
_demarc() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" words=''
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W '${names} --help --version' -- "$current"))
    return
  fi
  case "\${COMP_WORDS[1]} $previous" in
${values.join('\n')}
  esac
  if [ -z "$words" ]; then
    case "\${COMP_WORDS[1]}" in
${words.join('\n')}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -o bashdefault -F _demarc demarc
`;
}

function zshScript(commands: readonly CompletedCommand[]): string {
  const listed = commands.map(({ name, description }) => `    ${quoteZsh(`${name}:${description}`)}`);
  const cases = commands.map(({ name, options, choices }) => {
    const specifications = options.map((option) => {
      const value =
        option.choices.length > 0 ? `:value:(${option.choices.join(' ')})` : option.takesValue ? ':value:_files' : '';
      return `      ${quoteZsh(`*${option.name}[${option.description.replace(/[[\]:]/g, ' ')}]${value}`)}`;
    });
    const argument = choices.length > 0 ? `'1:what:(${choices.join(' ')})'` : '';
    return `    ${name})\n      _arguments ${[argument, "'*:file:_files'"].filter((each) => each !== '').join(' ')} \\\n${specifications.join(' \\\n')}${specifications.length > 0 ? '\n' : ''}      ;;`;
  });
  return `#compdef demarc
# Completion of demarc for zsh. In ~/.zshrc: source <(demarc completion zsh)
_demarc() {
  local -a commands
  commands=(
${listed.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe 'command' commands
    _files
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${cases.join('\n')}
  esac
}
compdef _demarc demarc
`;
}

function quoteZsh(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function fishScript(commands: readonly CompletedCommand[]): string {
  const lines = ['# Completion of demarc for fish. In ~/.config/fish/config.fish: demarc completion fish | source'];
  for (const { name, description, options, choices } of commands) {
    lines.push(`complete -c demarc -n __fish_use_subcommand -a ${name} -d ${quoteFish(description)}`);
    const here = `complete -c demarc -n '__fish_seen_subcommand_from ${name}'`;
    if (choices.length > 0) lines.push(`${here} -a ${quoteFish(choices.join(' '))}`);
    for (const option of options) {
      const value =
        option.choices.length > 0 ? ` -x -a ${quoteFish(option.choices.join(' '))}` : option.takesValue ? ' -r' : '';
      lines.push(`${here} -l ${option.name.replace(/^--/, '')}${value} -d ${quoteFish(option.description)}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function quoteFish(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

function powershellScript(commands: readonly CompletedCommand[]): string {
  const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;
  const list = (texts: readonly string[]): string => `@(${texts.map(quote).join(', ')})`;
  const words = commands.map(
    ({ name, options, choices }) =>
      `    ${quote(name)} = ${list([...choices, ...options.map((option) => option.name), '--help'])}`,
  );
  const values = commands.flatMap(({ name, options }) =>
    options
      .filter(({ choices }) => choices.length > 0)
      .map((option) => `    ${quote(`${name} ${option.name}`)} = ${list(option.choices)}`),
  );
  return `# Completion of demarc for PowerShell. In $PROFILE: demarc completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName demarc -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @{
${words.join('\n')}
  }
  $values = @{
${values.join('\n')}
  }
  $given = @($commandAst.CommandElements | ForEach-Object { $_.ToString() })
  if ($wordToComplete -ne '') { $given = @($given | Select-Object -SkipLast 1) }
  $offered = if ($given.Count -le 1) { $words.Keys | Sort-Object }
    elseif ($values.ContainsKey("$($given[1]) $($given[-1])")) { $values["$($given[1]) $($given[-1])"] }
    else { $words[$given[1]] }
  $offered | Where-Object { $_ -like "$wordToComplete*" } |
    ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
}
`;
}
