/** A compact select of one or of several choices, its menu above everything else. */
import Select, { CreatableSelect } from '@atlaskit/select';
import type { Choice } from './mapping-words';

interface CommonProps<V extends string> {
  label: string;
  choices: Choice<V>[];
  testId?: string;
  placeholder?: string;
  disabled?: boolean;
  invalid?: boolean;
}

interface ChoiceSelectProps<V extends string> extends CommonProps<V> {
  value: V | undefined;
  onChange: (value: V | undefined) => void;
  clearable?: boolean;
}

export function ChoiceSelect<V extends string>({
  value,
  onChange,
  clearable,
  ...common
}: ChoiceSelectProps<V>) {
  return (
    <div data-testid={common.testId}>
      <Select<Choice<V>>
        {...settings(common)}
        isClearable={clearable === true || isGone(common.choices, value)}
        isInvalid={common.invalid === true || isGone(common.choices, value)}
        value={value === undefined ? null : choiceOf(common.choices, value)}
        onChange={(choice) => onChange(choice?.value)}
      />
    </div>
  );
}

interface ManySelectProps extends CommonProps<string> {
  values: string[];
  onChange: (values: string[]) => void;
}

export function ManySelect({ values, onChange, ...common }: ManySelectProps) {
  return (
    <div data-testid={common.testId}>
      <Select<Choice, true>
        {...settings(common)}
        isMulti
        isClearable={false}
        value={values.map((value) => choiceOf(common.choices, value))}
        onChange={(chosen) => onChange(chosen.map((choice) => choice.value))}
      />
    </div>
  );
}

interface WordSelectProps {
  label: string;
  placeholder: string;
  values: string[];
  onChange: (values: string[]) => void;
  testId: string;
}

/** Words that no list has, such as labels: written one after the other. */
export function WordSelect({ values, onChange, testId, ...common }: WordSelectProps) {
  return (
    <div data-testid={testId}>
      <CreatableSelect<Choice, true>
        {...settings({ ...common, choices: [] })}
        isMulti
        isClearable={false}
        noOptionsMessage={() => 'Write a word and press Enter'}
        formatCreateLabel={(word) => `Add "${word}"`}
        value={values.map((value) => ({ value, label: value }))}
        onChange={(chosen) => onChange(chosen.map((choice) => choice.value.trim()))}
      />
    </div>
  );
}

function isGone(choices: Choice[], value: string | undefined): boolean {
  return value !== undefined && !choices.some((choice) => choice.value === value);
}

/** What was chosen and is not there any more has to be seen, or nobody could take it away. */
function choiceOf<V extends string>(choices: Choice<V>[], value: V): Choice<V> {
  return choices.find((choice) => choice.value === value) ?? { value, label: 'Not available' };
}

function settings<V extends string>({ label, choices, placeholder, disabled, invalid }: CommonProps<V>) {
  return {
    'aria-label': label,
    options: choices,
    spacing: 'compact' as const,
    isDisabled: disabled ?? false,
    isInvalid: invalid ?? false,
    placeholder: placeholder ?? 'Choose',
    menuPortalTarget: document.body,
  };
}
