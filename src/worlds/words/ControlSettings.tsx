import { ATTRIBUTE_IDS, ATTRIBUTES, type AttributeId } from '../../core/words/attributes.ts';
import { WorldChoice, WorldNumber, WorldSetting } from '../../pages/worlds/fields.tsx';
import { useWorld, useWorldSettings } from '../../store/worlds/react.ts';
import { Select } from '../../ui/Select.tsx';
import { ATTRIBUTE_WORDS } from './attributeWords.ts';
import type { WordsSettings } from './settings.ts';

const WAYS = {
  none: { label: 'Nothing', summary: 'Samples as they come: how many have it by chance.' },
  learned: { label: 'Learned classifiers', summary: 'Small networks that say y, and their gradient.' },
  exact: { label: 'The exact classifier', summary: 'p(y | x_t) of the language itself.' },
};

/** What the sentences shall have, and who leads them there. */
export function ControlSettings() {
  const { control } = useWorldSettings<WordsSettings>();
  return (
    <>
      <h2>Control</h2>
      <WorldSetting of="control">
        <div className="words-asked">
          {ATTRIBUTE_IDS.map((id) => (
            <AttributeChoice key={id} id={id} />
          ))}
        </div>
      </WorldSetting>
      {Object.keys(control).length > 0 && (
        <>
          <WorldChoice name="controlWay" words={WAYS} />
          <WorldNumber name="controlScale" hint="The weight of ln p(y) beside ln p(x): 1 is Bayes’ rule." />
        </>
      )}
    </>
  );
}

const ANY = '';

function AttributeChoice({ id }: { readonly id: AttributeId }) {
  const { set } = useWorld();
  const { control } = useWorldSettings<WordsSettings>();
  const { label, values } = ATTRIBUTE_WORDS[id];
  const options = [
    { value: ANY, label: 'Any' },
    ...ATTRIBUTES[id].values.map((value) => ({ value, label: values[value] ?? value })),
  ];
  const choose = (value: string) => {
    const { [id]: _before, ...others } = control;
    void set({ control: value === ANY ? others : { ...others, [id]: value } });
  };
  return <Select label={label} value={control[id] ?? ANY} options={options} onChange={choose} />;
}
