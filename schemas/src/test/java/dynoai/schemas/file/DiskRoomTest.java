package dynoai.schemas.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiskRoomTest {
    @ParameterizedTest
    @CsvSource({"1,10,true", "3,10,false", "3,100,true", "6,100,false", "0,1,false"})
    void lowSpace_isBelowTwoGibOrOneTwentiethOfTheDisk(long freeGib, long totalGib, boolean expected) {
        // Given
        DiskRoom.Room room = new DiskRoom.Room(totalGib << 30, freeGib << 30);
        // When
        boolean isShort = room.isShort();
        // Then
        assertThat(isShort).isEqualTo(expected);
    }
}
